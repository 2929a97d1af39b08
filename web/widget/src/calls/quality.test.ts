import { expect, test } from "vitest";
import { grade, Holding, type Sample, sample } from "./quality.ts";

const still: Sample = { at: 0, received: 0, lost: 0, delay: 0.05, missed: 0, room: null };

test("what is measured is added up", () => {
  const found = sample(
    [
      [
        "a",
        { type: "candidate-pair", nominated: true, state: "succeeded", currentRoundTripTime: 0.2 },
      ],
      [
        "b",
        { type: "candidate-pair", nominated: false, state: "waiting", currentRoundTripTime: 9 },
      ],
      ["c", { type: "inbound-rtp", packetsReceived: 90, packetsLost: 10 }],
      ["d", { type: "inbound-rtp", packetsReceived: 10, packetsLost: -3 }],
      ["e", { type: "remote-inbound-rtp", fractionLost: 0.04 }],
    ],
    7,
  );
  expect(found).toEqual({ at: 7, received: 100, lost: 10, delay: 0.2, missed: 0.04, room: null });
});

test("the worse direction counts", () => {
  expect(grade(still, { ...still, received: 100 })).toBe("good");
  expect(grade(still, { ...still, received: 95, lost: 5 })).toBe("fair");
  expect(grade(still, { ...still, received: 100, missed: 0.2 })).toBe("poor");
  expect(grade(still, { ...still, delay: 0.5 })).toBe("fair");
  expect(grade(still, { ...still, delay: 1.5 })).toBe("poor");
});

test("the picture gives way once, after a while, and not for delay alone", () => {
  const holding = new Holding();
  const said = (["poor", "poor", "poor", "poor", "poor"] as const).map((one) =>
    holding.gives(one, 50_000),
  );
  expect(said).toEqual([false, false, false, true, false]);
  const broad = new Holding();
  expect(["poor", "poor", "poor", "poor"].some(() => broad.gives("poor", 900_000))).toBe(false);
  const mended = new Holding();
  expect([null, null, null].map(() => mended.gives("poor", null))).toEqual([false, false, false]);
  mended.gives("good", null);
  expect(mended.gives("poor", null)).toBe(false);
});
