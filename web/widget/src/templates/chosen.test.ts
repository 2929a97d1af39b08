import { expect, test } from "vitest";
import { chosen } from "./chosen.ts";
import { DETAIL_TEMPLATES } from "./detail.ts";
import { LIST_TEMPLATES } from "./list.ts";

test("the tag's number wins over the site's, where there is such a template", () => {
  const { 1: first, 2: second, 3: third } = LIST_TEMPLATES;
  expect(chosen(LIST_TEMPLATES, 3, 1)).toBe(third);
  expect(chosen(LIST_TEMPLATES, null, 1)).toBe(first);
  for (const wrong of [0, 4, -1, 1.5, Number.NaN, null, undefined])
    expect(chosen(LIST_TEMPLATES, wrong, undefined)).toBe(second);
});

test("three lists and three conversations, each with what it was described to have", () => {
  const lists = Object.values(LIST_TEMPLATES).map(({ pictures, dots }) => [pictures, dots]);
  expect(lists).toEqual([
    [true, false],
    [true, true],
    [false, true],
  ]);
  const conversations = Object.values(DETAIL_TEMPLATES).map(({ pictures }) => pictures);
  expect(conversations).toEqual(["square", "round", null]);
});
