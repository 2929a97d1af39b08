import { expect, test } from "vitest";
import { dayName, givenEnd, shownEnd, usualWeek, withOne } from "./week.ts";

test("one more opening of a day begins where the last one ends", () => {
  const { weekly } = usualWeek("Europe/Paris");
  expect(withOne(weekly, 1).slice(0, 2)).toEqual([
    { day: 1, from: "09:00", to: "18:00" },
    { day: 1, from: "18:00", to: "24:00" },
  ]);
});

test("a day that was closed opens like the one before it", () => {
  const weekly = [{ day: 2, from: "10:00", to: "12:30" }];
  expect(withOne(weekly, 4).at(-1)).toEqual({ day: 4, from: "10:00", to: "12:30" });
  expect(withOne([], 7)).toEqual([{ day: 7, from: "09:00", to: "18:00" }]);
});

test("midnight is the end of a day, and a field that shows it", () => {
  expect(givenEnd(shownEnd("24:00"))).toBe("24:00");
  expect(givenEnd("18:00")).toBe("18:00");
});

test("days have the names of the language", () => {
  expect([dayName(1, "fr"), dayName(7, "en")]).toEqual(["lundi", "Sunday"]);
});
