import { expect, test } from "vitest";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { chooseLanguage } from "./i18n.ts";

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const entries = Object.entries(en) as [keyof typeof en, string][];

test("both languages say everything, with the same placeholders", () => {
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of entries) {
    expect(fr[key], key).not.toBe("");
    expect(names(fr[key]), key).toEqual(names(text));
  }
});

test("French has narrow spaces before its double signs, and its own apostrophe", () => {
  for (const [key, text] of Object.entries(fr)) {
    expect(text, key).not.toMatch(/[ \u00a0][;:!?»]|« |\p{L}'\p{L}/u);
    expect(text, key).not.toMatch(/\p{L}[;!?»]/u);
  }
});

test("what counts has both forms in both languages", () => {
  for (const [key] of entries)
    if (key.endsWith(".one")) expect(en, key).toHaveProperty([key.replace(/one$/, "other")]);
});

test("the language is the chosen one, or the first of the browser's that we have", () => {
  expect(chooseLanguage(null, ["de", "fr-CA", "en"])).toEqual({ lang: "fr", locale: "fr-CA" });
  expect(chooseLanguage("en", ["fr"])).toEqual({ lang: "en", locale: "en" });
  expect(chooseLanguage("xx", ["de"])).toEqual({ lang: "en", locale: "en" });
});
