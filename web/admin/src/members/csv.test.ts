import { expect, test } from "vitest";
import { written } from "./csv.ts";

test.each([
  [null, "—"],
  ["", "—"],
  [[], "—"],
  [["visitors", "press"], "visitors, press"],
  [{ design: 1, poetry: 0.5 }, "design, poetry 0.5"],
  [true, "true"],
  ["Ada", "Ada"],
])("%j is read as %s", (value, text) => {
  expect(written(value)).toBe(text);
});
