import { expect, test } from "vitest";
import { ready, toBodies } from "./texts.ts";

test("one text is one body", () => {
  expect(toBodies({ body: " Hello " })).toEqual({ body: "Hello" });
  expect(ready({ body: "  " })).toBe(false);
});

test("versions go beside it, and the first of them is for everybody where there is no other", () => {
  expect(toBodies({ body: "Hello", fr: "Bonjour" })).toEqual({
    body: "Hello",
    bodies: { fr: "Bonjour" },
  });
  expect(toBodies({ body: "", fr: "Bonjour", en: " " })).toEqual({
    body: "Bonjour",
    bodies: { fr: "Bonjour" },
  });
  expect(ready({ body: "", fr: "Bonjour" })).toBe(true);
});
