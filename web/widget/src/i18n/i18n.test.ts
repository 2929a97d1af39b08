import { readdirSync, readFileSync } from "node:fs";
import { fetchTexts } from "virtual:texts";
import { expect, test } from "vitest";
import catalogue from "../../../../i18n/en.json" with { type: "json" };
import { Dates } from "./dates.ts";
import { addTexts, chooseLocale, I18n, loadTexts } from "./i18n.ts";
import type { Part } from "./texts.ts";

const NOW = Date.parse("2026-03-12T14:30:00Z");
const english = new Dates("en-GB", "now", "Europe/Paris");
const french = new Dates("fr", "à l’instant", "Europe/Paris");
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

const parts = Object.keys(catalogue).filter((part) => !/^(server|admin)/.test(part)) as Part[];
await Promise.all(parts.map(addTexts));
const en = (await loadTexts("en")) as Record<string, string>;
const fr = (await loadTexts("fr")) as Record<string, string>;

test("what is shown at once has its sentences at once; further screens may use those of the base too", async () => {
  const own = new Map<string, string[]>();
  for (const part of parts) own.set(part, Object.keys(await fetchTexts(part, "en")));
  const root = new URL("..", import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^(?!i18n).*(?<!test)\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const part = partOf(file);
    const there = ["base", ...(WITH[part] ?? []), part];
    const known = new Set(there.flatMap((one) => own.get(one) ?? []));
    const text = readFileSync(new URL(file, root), "utf8");
    for (const [, key = ""] of text.matchAll(/"([a-z_]+\.[a-z_.]+)"/g)) {
      const elsewhere = en[key] !== undefined || en[`${key}.other`] !== undefined;
      const here = known.has(key) || known.has(`${key}.other`);
      expect(here || !elsewhere, `${file} says ${key}`).toBe(true);
    }
  }
});

/** What is fetched with a piece (`pieces.ts`), beside its own sentences. */
const WITH: Record<string, string[]> = {
  more: ["doings"],
  groups: ["more", "doings"],
  rooms: ["doings"],
  suggestions: ["more", "doings"],
};

/** Which sentences are there when this file's code is. */
function partOf(file: string): string {
  if (/(message-button|followed)\.ts$/.test(file)) return "base";
  // Where the way back is offered (`desk.ts`), it was fetched a moment before.
  if (/^(doings|desk|messages\/menu|conversations\/(actions|swipe))\.ts$/.test(file))
    return "doings";
  const folder = /^([a-z-]+)(\/|\.ts$)/.exec(file)?.[1] ?? "";
  return /^(contacts|members|sign-in|more)$/.test(folder) ? "more" : folder;
}

test("counts follow the language's own rules", () => {
  const speak = (lang: "en" | "fr") => new I18n(lang, lang, lang === "en" ? en : fr);
  expect(speak("en").plural("messenger.unread", 0)).toBe("0 unread messages");
  expect(speak("fr").plural("messenger.unread", 0)).toBe("0 message non lu");
  expect(plain(speak("fr").plural("messenger.unread", 1_000_000))).toBe(
    "1 000 000 messages non lus",
  );
});

test("the site's own words win, and text in the text is not filled twice", () => {
  const own = new I18n("en", "en", en, { "organizer.title": "Help desk of {site}" });
  expect(own.t("organizer.title", { site: "{site}" })).toBe("Help desk of {site}");
  expect(own.t("organizer.button")).toBe(en["organizer.button"]);
});

test.each([
  [["fr-CA", "en"], "fr", "fr-CA"],
  [[null, "", "en_GB"], "en", "en-GB"],
  [["xx", "nonsense!", "fr"], "fr", "fr"],
  [["constructor", undefined], "en", "en"],
])("of %j the language is %s", (candidates, lang, locale) => {
  expect(chooseLocale(candidates)).toEqual({ lang, locale });
});

test.each([
  ["2026-03-12T14:29:30Z", "now", "à l’instant"],
  ["2026-03-12T14:31:00Z", "now", "à l’instant"],
  ["2026-03-12T14:25:00Z", "5 min ago", "il y a 5 min"],
  ["2026-03-12T09:05:00Z", "10:05", "10:05"],
  ["2026-03-11T22:59:00Z", "yesterday", "hier"],
  ["2026-03-08T12:00:00Z", "Sun", "dim."],
  ["2026-02-01T12:00:00Z", "1 Feb", "1 févr."],
  ["2024-02-01T12:00:00Z", "01/02/2024", "01/02/2024"],
])("in a list, %s is %s or %s", (iso, inEnglish, inFrench) => {
  expect(plain(english.brief(iso, NOW))).toBe(inEnglish);
  expect(plain(french.brief(iso, NOW))).toBe(inFrench);
});

test.each([
  ["de", "vor 5 Min.", "gestern"],
  ["es", "hace 5 min", "ayer"],
  ["it", "5 min fa", "ieri"],
  ["ar", "قبل 5 دقائق", "أمس"],
  ["ar-EG", "قبل ٥ دقائق", "أمس"],
  // Counts its years from another beginning.
  ["ar-SA-u-ca-islamic-umalqura", "قبل ٥ دقائق", "أمس"],
])("in a list, %s has its own digits, calendar and words", (locale, ago, yesterday) => {
  const dates = new Dates(locale, "now", "Europe/Paris");
  expect(plain(dates.brief("2026-03-12T14:25:00Z", NOW))).toBe(ago);
  expect(plain(dates.brief("2026-03-11T22:59:00Z", NOW))).toBe(yesterday);
});

test("a day within a sentence has a capital where its language gives it one", () => {
  const within = (locale: string) =>
    new Dates(locale, "now", "Europe/Paris").dayWithin("2026-03-16T12:00:00Z", NOW);
  expect(within("de")).toBe("Montag, 16. März");
  expect(within("es")).toBe("lunes, 16 de marzo");
  expect(within("it")).toBe("lunedì 16 marzo");
});

test("days are those of the reader's clock, not of UTC", () => {
  expect(english.dayKey("2026-03-11T23:30:00Z")).toBe(english.dayKey("2026-03-12T12:00:00Z"));
  expect(french.day("2026-03-11T23:30:00Z", NOW)).toBe("Aujourd’hui");
  expect(french.day("2026-03-11T12:00:00Z", NOW)).toBe("Hier");
  expect(french.day("2026-03-01T12:00:00Z", NOW)).toBe("Dimanche 1 mars");
});
