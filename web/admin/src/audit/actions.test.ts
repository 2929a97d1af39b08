import { expect, test } from "vitest";
import { audit } from "../i18n/en/audit.ts";
import { ACTIONS } from "./actions.ts";

test("each deed and each kind of the filter has its words", () => {
  const deeds = Object.entries(ACTIONS).flatMap(([kind, all]) =>
    all.map((one) => `${kind}.${one}`),
  );
  const words = [
    ...Object.keys(ACTIONS).map((kind) => `audit.kind.${kind}`),
    ...deeds.map((deed) => `audit.action.${deed}`),
  ];
  expect(words.filter((key) => !(key in audit))).toEqual([]);
});
