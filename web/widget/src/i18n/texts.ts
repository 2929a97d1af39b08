import type { en } from "./en.ts";

export type Key = keyof typeof en;
export type Texts = Record<Key, string>;
/** What counts: keys that exist as `{key}.one` and `{key}.other`. */
export type PluralKey = Key extends infer K
  ? K extends `${infer Stem}.other`
    ? Stem
    : never
  : never;
export type Language = "en" | "fr";

export const loaders: Record<Language, () => Promise<Texts>> = {
  en: () => import("./en.ts").then((module) => module.en),
  fr: () => import("./fr.ts").then((module) => module.fr),
};
