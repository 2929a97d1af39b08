import { expect, test } from "vitest";
import type { TextItem } from "../wire.ts";
import { matches, unknownPlaceholders } from "./search.ts";

const item: TextItem = {
  key: "organizer.title",
  placeholders: ["site"],
  defaults: { en: "Organizer - {site}", fr: "Organisateur - {site}" },
  custom: { fr: "L’équipe de {site}" },
};

test.each([
  ["", true],
  ["organizer.title", true],
  ["EQUIPE", true],
  ["organisateur site", true],
  ["organizer nowhere", false],
])("%j is found: %s", (words, found) => {
  expect(matches(item, words, "fr")).toBe(found);
});

test("a form that only another language counts with is none of this one's sentences", () => {
  const two = { ...item, key: "groups.readers.count.two", defaults: { ar: "شخصان" }, custom: {} };
  expect(matches(two, "", "ar")).toBe(true);
  expect(matches(two, "", "fr")).toBe(false);
});

test("placeholders that a sentence does not know are named", () => {
  expect(unknownPlaceholders("Hello {site}", ["site"])).toEqual([]);
  expect(unknownPlaceholders("{name} of {site} {} {name}", ["site"])).toEqual(["{name}", "{}"]);
});
