import { readdirSync, readFileSync } from "node:fs";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";

type Messages = Record<string, string>;

const folder = new URL("../../../../i18n/", import.meta.url);
const all = new Map<string, Record<string, Messages>>(
  readdirSync(folder).map((file) => [
    file.replace(".json", ""),
    JSON.parse(readFileSync(new URL(file, folder), "utf8")),
  ]),
);
const english = all.get("en") ?? {};
const read = (message: string) => parse(message, { ignoreTag: true });
const isPlural = (message: string) => read(message).some(({ type }) => type === TYPE.plural);

/** What a sentence is given; that a form of a plural leaves out how many is its own affair. */
function named(elements: MessageFormatElement[]): string[] {
  const names = elements.flatMap((one): string[] => {
    if (one.type === TYPE.argument) return [one.value];
    if (one.type !== TYPE.plural) return [];
    return [one.value, ...Object.values(one.options).flatMap(({ value }) => named(value))];
  });
  return [...new Set(names)].sort();
}

/** The forms of a plural. */
function forms(message: string): string[] {
  return read(message).flatMap((one) => (one.type === TYPE.plural ? Object.keys(one.options) : []));
}

/** What stands on a button, and what it is called where many are alike. */
const NAMED = [
  ["contacts.accept", "contacts.accept.label"],
  ["contacts.decline", "contacts.decline.label"],
  ["contacts.cancel", "contacts.cancel.label"],
  ["contacts.unblock", "contacts.unblock.label"],
  ["moderation.lift", "moderation.lift.label"],
  ["suggestions.back", "suggestions.back.label"],
  ["suggestions.contact", "suggestions.ask"],
  ["suggestions.write", "suggestions.message"],
] as const;

describe.each([...all])("%s", (lang, parts) => {
  const each = Object.entries(parts).flatMap(([part, messages]) =>
    Object.entries(messages).map(([key, message]) => ({ part, key, message })),
  );

  test("says everything, in the same parts, and names the same things", () => {
    // Only the back-office may be left to English.
    const wanted = Object.keys(english).filter((part) => parts.admin || !part.startsWith("admin"));
    expect(Object.keys(parts)).toEqual(wanted);
    for (const part of wanted)
      expect(Object.keys(parts[part] ?? {}), part).toEqual(Object.keys(english[part] ?? {}));
    for (const { part, key, message } of each) {
      const own = english[part]?.[key] ?? "";
      expect(message.trim(), key).not.toBe("");
      expect(named(read(message)), key).toEqual(named(read(own)));
      expect(isPlural(message), key).toBe(isPlural(own));
    }
  });

  // WCAG 2.5.3: whoever says what stands on a button presses it.
  test("names a button by what stands on it, and more", () => {
    const words = new Map(each.map(({ key, message }) => [key, message.toLowerCase()]));
    for (const [shown, name] of NAMED) {
      expect(words.get(shown), shown).toBeTruthy();
      expect(words.get(name), name).toContain(words.get(shown));
    }
  });

  test("has a form for every number", () => {
    const rules = new Intl.PluralRules(lang);
    const used = new Set(Array.from({ length: 200 }, (_, n) => rules.select(n)));
    const counted = each.filter(({ message }) => isPlural(message));
    expect(counted.length).toBeGreaterThan(10);
    for (const { key, message } of counted)
      expect(forms(message), key).toEqual(expect.arrayContaining([...used]));
  });

  test("what the server says is only filled in: it knows no plural", () => {
    for (const { part, key, message } of each)
      if (part.endsWith("server"))
        expect(
          read(message).map(({ type }) => [TYPE.literal, TYPE.argument].includes(type)),
          key,
        ).not.toContain(false);
  });
});

test("French keeps its double signs with their word, and has its own apostrophe", () => {
  for (const messages of Object.values(all.get("fr") ?? {}))
    for (const [key, text] of Object.entries(messages)) {
      expect(text, key).not.toMatch(/ [;:!?»]|« |\p{L}'\p{L}/u);
      expect(text, key).not.toMatch(/\p{L}[;!?»]/u);
    }
});

test("each area of what organizers may say otherwise has a name", () => {
  const seen = Object.entries(english).filter(([part]) => !part.startsWith("admin"));
  const areas = new Set(
    seen.flatMap(([, own]) => Object.keys(own)).map((key) => key.split(".")[0]),
  );
  for (const area of areas) expect(english.admin).toHaveProperty([`texts.area.${area}`]);
});

test("what counts is asked for as what counts, and nothing else is", () => {
  const root = new URL("../../../", import.meta.url);
  const files = ["widget/src", "ui/src", "admin/src"].flatMap((within) =>
    readdirSync(new URL(within, root), { recursive: true, encoding: "utf8" })
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .map((file) => `${within}/${file}`),
  );
  expect(files.length).toBeGreaterThan(150);
  for (const file of files) {
    const admin = file.startsWith("admin");
    const parts = Object.entries(english).filter(([part]) => (part === "admin") === admin);
    const messages: Messages = Object.assign({}, ...parts.map(([, own]) => own));
    const text = readFileSync(new URL(file, root), "utf8");
    for (const [, way, key = ""] of text.matchAll(/\.(t|plural)\(\s*"([^"]+)"/g)) {
      expect(messages, file).toHaveProperty([key]);
      expect(isPlural(messages[key] ?? ""), `${file}: ${key}`).toBe(way === "plural");
    }
  }
});
