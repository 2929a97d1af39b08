// The sentences of `i18n/{language}.json`: a part for each screen that is fetched by itself, ICU messages in it. Adding
// a language is adding such a file: what is built knows of it from the folder.
//
// Browsers get them ready to be filled in, a plural as one sentence for each form (`{key}.one`, `{key}.other`): that is
// also how a site puts its own in their place, which is why `texts.json` tells the server of all of them.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";

const FOLDER = resolve(import.meta.dirname, "../../i18n");
const MODULE = "virtual:texts";
/** `/i18n/base.en.js`: how a part of a language is asked for where nothing is built. */
const PIECE = /^\/i18n\/([a-z.]+)\.([a-z]{2})\.js$/;

/**
 * @param {"members" | "admin"} whose which parts the build carries
 * @returns {import("vite").Plugin}
 */
export function texts(whose) {
  let building = false;
  return {
    name: "parvis-texts",
    config(_, { command }) {
      building = command === "build";
    },
    resolveId(id) {
      return id === MODULE || PIECE.test(id) ? `\0${id}` : null;
    },
    load(id) {
      if (id === `\0${MODULE}`) return listing(building);
      const [, part, lang] = PIECE.exec(id.slice(1)) ?? [];
      return part && lang ? moduleOf(catalogues()[lang]?.[part]) : null;
    },
    buildStart() {
      for (const lang of Object.keys(catalogues())) this.addWatchFile(fileOf(lang));
    },
    generateBundle() {
      const all = catalogues();
      for (const [lang, parts] of Object.entries(all))
        for (const [part, sentences] of Object.entries(parts))
          if (carried(whose, part))
            this.emitFile({
              type: "asset",
              fileName: `assets/${part}.${lang}-${version()}.js`,
              source: moduleOf(sentences),
            });
      if (whose === "members")
        this.emitFile({ type: "asset", fileName: "texts.json", source: editable(all) });
    },
  };
}

/** Every language: its parts, each with its sentences as they are filled in. */
export function catalogues() {
  /** @type {Record<string, Record<string, Record<string, string>>>} */
  const all = {};
  for (const lang of languages()) {
    /** @type {Record<string, Record<string, string>>} */
    const file = JSON.parse(readFileSync(fileOf(lang), "utf8"));
    all[lang] = Object.fromEntries(
      Object.entries(file).map(([part, messages]) => [part, ready(lang, messages)]),
    );
  }
  return all;
}

/** English first: it is spoken where nothing else can be. */
function languages() {
  const files = readdirSync(FOLDER).filter((file) => /^[a-z]{2}\.json$/.test(file));
  const all = files.map((file) => file.slice(0, 2)).sort();
  return ["en", ...all.filter((lang) => lang !== "en")];
}

/** @param {string} lang */
function fileOf(lang) {
  return join(FOLDER, `${lang}.json`);
}

/** One for all: who has a page of yesterday open does not mix sentences of two days. */
function version() {
  const hash = createHash("sha256");
  for (const lang of languages()) hash.update(readFileSync(fileOf(lang)));
  return hash.digest("base64url").slice(0, 8);
}

/** @param {boolean} building */
function listing(building) {
  const all = Object.entries(catalogues());
  const spoken = all.map(([lang]) => lang);
  const inOffice = all.filter(([, parts]) => parts.admin).map(([lang]) => lang);
  const [folder, end] = building ? [".", `-${version()}.js`] : ["/i18n", ".js"];
  const rtl = spoken.filter((lang) => direction(lang) === "rtl");
  return `export const languages = ${JSON.stringify(spoken)};
    export const rtl = ${JSON.stringify(rtl)};
    export const adminLanguages = ${JSON.stringify(inOffice)};
    export const fetchTexts = (part, lang) =>
      import(/* @vite-ignore */ \`${folder}/\${part}.\${lang}${end}\`).then((module) => module.default);`;
}

/**
 * Which way a language is written: some browsers do not tell.
 * @param {string} lang
 */
function direction(lang) {
  const locale = /** @type {any} */ (new Intl.Locale(lang));
  return (locale.getTextInfo?.() ?? locale.textInfo).direction;
}

/** @param {Record<string, string> | undefined} sentences */
function moduleOf(sentences = {}) {
  return `export default ${JSON.stringify(sentences)};`;
}

/**
 * @param {"members" | "admin"} whose
 * @param {string} part
 */
function carried(whose, part) {
  return part !== "server" && part !== "admin.server" && (part === "admin") === (whose === "admin");
}

/**
 * By key and language, what members see: a site may say each of them in its own way.
 * @param {ReturnType<typeof catalogues>} all
 */
function editable(all) {
  /** @type {Record<string, Record<string, string>>} */
  const sentences = {};
  for (const [lang, parts] of Object.entries(all))
    for (const [part, own] of Object.entries(parts))
      if (!part.startsWith("admin"))
        for (const [key, text] of Object.entries(own))
          sentences[key] = { ...sentences[key], [lang]: text };
  return JSON.stringify(sentences);
}

/**
 * @param {string} lang
 * @param {Record<string, string>} messages
 */
function ready(lang, messages) {
  const all = Object.entries(messages).flatMap(([key, message]) => {
    try {
      return forms(message).map(([form, text]) => [`${key}${form}`, text]);
    } catch (error) {
      throw new Error(
        `i18n/${lang}.json, ${key}: ${error instanceof Error ? error.message : error}`,
      );
    }
  });
  return Object.fromEntries(all);
}

/**
 * A message as it is filled in; of a plural, each form's (CLDR's names).
 * @param {string} message
 * @returns {[form: string, text: string][]}
 */
function forms(message) {
  const elements = parse(message, { ignoreTag: true });
  const plural = elements.find((element) => element.type === TYPE.plural);
  if (!plural) return [["", plain(elements)]];
  if (plural.value !== "n" || plural.offset || plural.pluralType === "ordinal")
    throw new Error("a plural counts {n}");
  return Object.entries(plural.options).map(([form, { value }]) => {
    if (form.startsWith("=")) throw new Error(`${form}: only the language's own forms`);
    return [`.${form}`, plain(elements.flatMap((one) => (one === plural ? value : [one])))];
  });
}

/** @param {import("@formatjs/icu-messageformat-parser").MessageFormatElement[]} elements */
function plain(elements) {
  return elements
    .map((element) => {
      if (element.type === TYPE.literal) return element.value;
      if (element.type === TYPE.argument) return `{${element.value}}`;
      if (element.type === TYPE.pound) return "{n}";
      throw new Error("only {names} and one plural of {n} are understood");
    })
    .join("");
}
