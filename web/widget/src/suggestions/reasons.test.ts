import { describe, expect, it } from "vitest";
import type { Suggestion } from "#client";
import { addTexts, I18n, loadTexts } from "../i18n/i18n.ts";
import { reasons } from "./reasons.ts";

await addTexts("suggestions");
const i18n = new I18n("en", "en", await loadTexts("en"));
const found = (parts: Partial<Suggestion>) =>
  reasons(i18n, { shared: [], offers: [], looks_for: [], ...parts } as Suggestion);

describe("why somebody is suggested", () => {
  it("says what meets first, then what is shared", () => {
    expect(found({ shared: ["Bees"], offers: ["Money"], looks_for: ["Rust", "Wood"] })).toEqual([
      "Offers what you look for: Money",
      "Looks for what you offer: Rust and Wood",
      "1 shared interest: Bees",
    ]);
  });
  it("names a few of many, and says how many", () => {
    const shared = ["A", "B", "C", "D", "E", "F"];
    expect(found({ shared })).toEqual(["6 shared interests: A, B, C, and D"]);
  });
});
