import { expect, test } from "vitest";
import { Selection } from "./selection.ts";

test("some are chosen one by one, on whatever page", () => {
  const some = Selection.nobody.toggle("a").toggle("b").toggle("a").add(["c", "d"]);
  expect([...some.ids]).toEqual(["b", "c", "d"]);
  expect(some.size(100_000)).toBe(3);
  expect(some.has("a")).toBe(false);
});

test("everybody in view is everybody, and one press begins again", () => {
  const all = Selection.everybody;
  expect(all.has("anybody")).toBe(true);
  expect(all.size(100_000)).toBe(100_000);
  expect([...all.toggle("a").ids]).toEqual(["a"]);
});
