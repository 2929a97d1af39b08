import type { Suggestion } from "#client";
import type { I18n } from "../i18n/i18n.ts";

/** So many themes are named; how many there are is said anyway. */
const NAMED = 4;

/** Why somebody is suggested, in words, what weighs most first. */
export function reasons(i18n: I18n, { shared, offers, looks_for }: Suggestion): string[] {
  const themes = (all: readonly string[]) => ({ themes: i18n.list(all.slice(0, NAMED)) });
  const found: string[] = [];
  if (offers.length) found.push(i18n.t("suggestions.offers", themes(offers)));
  if (looks_for.length) found.push(i18n.t("suggestions.looks_for", themes(looks_for)));
  if (shared.length) found.push(i18n.plural("suggestions.shared", shared.length, themes(shared)));
  return found;
}
