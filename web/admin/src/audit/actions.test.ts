import { expect, test } from "vitest";
import english from "../../../../i18n/en.json" with { type: "json" };
import { ACTIONS } from "./actions.ts";

test("each deed and each kind of the filter has its words", () => {
  const deeds = Object.entries(ACTIONS).flatMap(([kind, all]) =>
    all.map((one) => `${kind}.${one}`),
  );
  const words = [
    ...Object.keys(ACTIONS).map((kind) => `audit.kind.${kind}`),
    ...deeds.map((deed) => `audit.action.${deed}`),
  ];
  expect(words.filter((key) => !(key in english.admin))).toEqual([]);
});
