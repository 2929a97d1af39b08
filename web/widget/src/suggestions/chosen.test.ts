import { describe, expect, it } from "vitest";
import type { Me } from "#client";
import { blocks, change } from "./chosen.ts";

const me = {
  interests: { Bees: 0.5, Nothing: 0 },
  offers: ["Wood"],
  looks_for: ["bees"],
} as unknown as Me;

describe("what one says of themes", () => {
  it("stands in the site's domains, and one's own after them", () => {
    const found = blocks(me, [{ domain: "Land", themes: ["BEES", "Sheep"] }]);
    expect(found.map(({ domain }) => domain)).toEqual(["Land", null]);
    expect(found[0]?.rows.map(({ theme, says }) => [theme, ...says])).toEqual([
      ["BEES", "interests", "looks_for"],
      ["Sheep"],
    ]);
    expect(found[1]?.rows.map(({ theme, says }) => [theme, ...says])).toEqual([["Wood", "offers"]]);
  });
  it("keeps what stood there", () => {
    const found = blocks(me, [{ domain: "Land", themes: ["Bees"] }], ["Chess", "Wood", "bees"]);
    expect(found[1]?.rows.map(({ theme, says }) => [theme, ...says])).toEqual([
      ["Chess"],
      ["Wood", "offers"],
    ]);
  });
  it("changes one thing and keeps the weights of the others", () => {
    expect(change(me, "Chess", "interests", true)).toEqual({
      interests: { Bees: 0.5, Nothing: 0, Chess: 1 },
    });
    expect(change(me, "BEES", "interests", false)).toEqual({ interests: { Nothing: 0 } });
    expect(change(me, "wood", "offers", false)).toEqual({ offers: [] });
    expect(change(me, "Time", "looks_for", true)).toEqual({ looks_for: ["bees", "Time"] });
  });
});
