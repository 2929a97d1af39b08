/** The languages of `i18n/`, as `scripts/texts.js` makes them. */
declare module "virtual:texts" {
  /** All, English first. */
  export const languages: readonly string[];
  /** Those written from right to left. */
  export const rtl: readonly string[];
  /** Those in which the back-office speaks. */
  export const adminLanguages: readonly string[];
  /** The sentences of one part, ready to be filled in. */
  export function fetchTexts(part: string, lang: string): Promise<Record<string, string>>;
}
