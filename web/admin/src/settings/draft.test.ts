import { expect, test } from "vitest";
import { patchOf, withPart } from "./draft.ts";

const before = {
  features: { video: false, groups: true },
  origins: ["a"],
  texts: { fr: { x: "1" } },
};

test("only what changed is sent", () => {
  expect(patchOf(before, before)).toBeUndefined();
  expect(patchOf(before, withPart(before, "features.video", true))).toEqual({
    features: { video: true },
  });
  expect(patchOf(before, withPart(before, "origins", ["a", "b"]))).toEqual({ origins: ["a", "b"] });
  expect(patchOf(before, withPart(before, "texts", {}))).toEqual({ texts: { fr: null } });
  expect(patchOf({ policy: "standard" }, { policy: { links: false } })).toEqual({
    policy: { links: false },
  });
});

test("setting a part leaves what was", () => {
  withPart(before, "features.video", true);
  expect(before.features.video).toBe(false);
  expect(withPart({}, "limits.messages.burst", 5)).toEqual({ limits: { messages: { burst: 5 } } });
});
