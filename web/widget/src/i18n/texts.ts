import type english from "../../../../i18n/en.json";

type Catalogue = typeof english;

/** The sentences of a screen are fetched with it: `base` is what a list and a conversation need. */
export type Part = Exclude<keyof Catalogue, "server" | "admin" | "admin.server">;
export type Key = { [Name in Part]: keyof Catalogue[Name] }[Part];
