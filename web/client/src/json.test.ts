import { afterEach, expect, test } from "vitest";
import { asJson } from "./json.ts";

const changed = [Array, String, Object].map(({ prototype }) => prototype as { toJSON?: unknown });
afterEach(() => {
  for (const prototype of changed) delete prototype.toJSON;
});

test("a page's own toJSON is not asked", () => {
  const value = { list: ["a", { b: null, c: undefined }], text: "t", number: 1, yes: true };
  const plain = JSON.stringify(value);
  for (const prototype of changed) prototype.toJSON = () => "broken";
  expect(asJson(value)).toBe(plain);
});
