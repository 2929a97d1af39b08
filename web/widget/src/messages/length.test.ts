import { expect, test } from "vitest";
import { LIMIT, left } from "./length.ts";

test("says nothing while there is room", () => {
  expect(left("")).toBeNull();
  expect(left("a".repeat(LIMIT - 301))).toBeNull();
});

test("counts what is left, and what is too much", () => {
  expect(left("a".repeat(LIMIT - 1))).toBe(1);
  expect(left("a".repeat(LIMIT + 2))).toBe(-2);
});

test("counts as the server does: scalar values, normalised, without the space around", () => {
  expect(left("🚆".repeat(LIMIT))).toBe(0);
  expect(left("e\u0301".repeat(LIMIT))).toBe(0);
  expect(left(`  ${"a".repeat(LIMIT)}\n`)).toBe(0);
});
