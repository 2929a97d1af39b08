import { expect, test } from "vitest";
import { ceiling } from "./chart.ts";

test.each([
  [0, 4],
  [5, 6],
  [6, 6],
  [9, 10],
  [11, 20],
  [23, 30],
  [41, 50],
  [99, 100],
  [1801, 2000],
])("a scale for %i ends at %i", (greatest, top) => {
  expect(ceiling(greatest)).toBe(top);
});
