import type { calls } from "./calls.en.ts";
import type { en } from "./en.ts";
import type { groups } from "./groups.en.ts";
import type { moderation } from "./moderation.en.ts";
import type { more } from "./more.en.ts";
import type { rooms } from "./rooms.en.ts";
import type { suggestions } from "./suggestions.en.ts";

/** The sentences of a screen are fetched with it: `base` is what a list and a conversation need. */
export interface Texts {
  base: Record<keyof typeof en, string>;
  more: Record<keyof typeof more, string>;
  groups: Record<keyof typeof groups, string>;
  rooms: Record<keyof typeof rooms, string>;
  calls: Record<keyof typeof calls, string>;
  suggestions: Record<keyof typeof suggestions, string>;
  moderation: Record<keyof typeof moderation, string>;
}
export type Part = keyof Texts;
export type Key = { [Name in Part]: keyof Texts[Name] }[Part];
/** What counts: keys that exist as `{key}.one` and `{key}.other`. */
export type PluralKey = Key extends infer K
  ? K extends `${infer Stem}.other`
    ? Stem
    : never
  : never;
export type Language = "en" | "fr";

type Loaders = { [Name in Part]: () => Promise<Texts[Name]> };

export const loaders: Record<Language, Loaders> = {
  en: {
    base: () => import("./en.ts").then((module) => module.en),
    more: () => import("./more.en.ts").then((module) => module.more),
    groups: () => import("./groups.en.ts").then((module) => module.groups),
    rooms: () => import("./rooms.en.ts").then((module) => module.rooms),
    calls: () => import("./calls.en.ts").then((module) => module.calls),
    suggestions: () => import("./suggestions.en.ts").then((module) => module.suggestions),
    moderation: () => import("./moderation.en.ts").then((module) => module.moderation),
  },
  fr: {
    base: () => import("./fr.ts").then((module) => module.fr),
    more: () => import("./more.fr.ts").then((module) => module.more),
    groups: () => import("./groups.fr.ts").then((module) => module.groups),
    rooms: () => import("./rooms.fr.ts").then((module) => module.rooms),
    calls: () => import("./calls.fr.ts").then((module) => module.calls),
    suggestions: () => import("./suggestions.fr.ts").then((module) => module.suggestions),
    moderation: () => import("./moderation.fr.ts").then((module) => module.moderation),
  },
};
