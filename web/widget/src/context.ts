import type { Client } from "#client";
import { chooseLocale, I18n, loadTexts } from "./i18n/i18n.ts";

/** What every part of the elements is given: whom it talks to, and in which words. */
export interface Context {
  readonly client: Client;
  readonly i18n: I18n;
}

let shared: Client | null = null;

/** The page's one client, made by `start`. */
export function pageClient(): Client | null {
  return shared;
}

export function setPageClient(client: Client): void {
  shared = client;
}

/** The member's own choice, then the page's, then the browser's. */
export function localeFor(client: Client, element: Element) {
  const host = element.closest("[lang]") ?? document.documentElement;
  return chooseLocale([client.me?.locale, host.getAttribute("lang"), ...navigator.languages]);
}

export async function speak(client: Client, element: Element): Promise<I18n> {
  const { lang, locale } = localeFor(client, element);
  const texts = await loadTexts(lang);
  const own = client.site?.texts;
  return new I18n(lang, locale, texts, { ...own?.[lang], ...own?.[locale] });
}
