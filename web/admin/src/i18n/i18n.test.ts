import { expect, test } from "vitest";
import { chooseLanguage, LANGUAGES, MEMBER_LANGUAGES } from "./i18n.ts";

test("languages are called as they call themselves", () => {
  expect(LANGUAGES).toMatchObject({ en: "English", fr: "Français" });
  expect(MEMBER_LANGUAGES).toMatchObject({ fr: "Français", de: "Deutsch", ar: "العربية" });
});

test("the language is the chosen one, or the first of the browser's that we have", () => {
  expect(chooseLanguage(null, ["xx", "fr-CA", "en"])).toEqual({ lang: "fr", locale: "fr-CA" });
  expect(chooseLanguage("en", ["fr"])).toEqual({ lang: "en", locale: "en" });
  expect(chooseLanguage("xx", ["yy"])).toEqual({ lang: "en", locale: "en" });
});
