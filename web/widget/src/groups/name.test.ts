import { expect, test } from "vitest";
import { LONGEST, lengthOf, nameOf } from "./name.ts";

test("a name is one line without what stands around it", () => {
  expect(nameOf("  Lecture\n de   samedi ")).toBe("Lecture de samedi");
  expect(nameOf(" \n\t ")).toBe("");
});

test("what counts are characters as people see them, not what they are stored as", () => {
  expect(lengthOf("🚆".repeat(LONGEST))).toBe(LONGEST);
  expect(lengthOf("e\u0301".repeat(LONGEST))).toBe(LONGEST);
  expect(lengthOf("x".repeat(4000))).toBe(4000);
});
