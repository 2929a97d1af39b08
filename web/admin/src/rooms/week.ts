// A week's opening hours as people fill them in: for each day none, one or several.
import type { OpeningHours } from "../wire.ts";

export type Opening = OpeningHours["weekly"][number];
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const USUAL: Omit<Opening, "day"> = { from: "09:00", to: "18:00" };

/** Monday to Friday, as a beginning. */
export function usualWeek(timeZone: string): OpeningHours {
  return { time_zone: timeZone, weekly: DAYS.slice(0, 5).map((day) => ({ day, ...USUAL })) };
}

/** One more of a day: after its last one, or like the day before. */
export function withOne(weekly: readonly Opening[], day: number): Opening[] {
  const last = weekly.filter((one) => one.day === day).at(-1);
  const before = weekly.filter((one) => one.day < day).at(-1);
  const more = last ? { from: last.to, to: "24:00" } : (before ?? USUAL);
  const added: Opening = { day, from: more.from === "24:00" ? "00:00" : more.from, to: more.to };
  return sorted([...weekly, added]);
}

export function sorted(weekly: readonly Opening[]): Opening[] {
  return [...weekly].sort((a, b) => a.day - b.day || a.from.localeCompare(b.from));
}

/** A field for a time of day has no 24:00: there it is midnight. */
export const shownEnd = (to: string): string => (to === "24:00" ? "00:00" : to);
export const givenEnd = (to: string): string => (to === "00:00" ? "24:00" : to);

/** 2024 began on a Monday. */
export function dayName(day: number, lang: string): string {
  const name = new Intl.DateTimeFormat(lang, { weekday: "long", timeZone: "UTC" });
  return name.format(new Date(Date.UTC(2024, 0, day)));
}

export function timeZones(chosen: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return known.includes(chosen) ? known : [chosen, ...known];
}
