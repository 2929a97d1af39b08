import { expect, test } from "vitest";
import { duration } from "./duration.ts";

test("minutes and seconds, and hours where there are some", () => {
  const told = [0, 7.9, 187, 3599, 3600, 3729, 90061].map(duration);
  expect(told).toEqual(["0:00", "0:07", "3:07", "59:59", "1:00:00", "1:02:09", "25:01:01"]);
});
