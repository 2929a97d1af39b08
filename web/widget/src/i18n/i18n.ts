import { fetchTexts, languages, rtl } from "virtual:texts";
import { Dates } from "./dates.ts";
import type { Key, Part } from "./texts.ts";

type Sentences = Partial<Record<Key, string>>;
type Params = Readonly<Record<string, string | number>>;

/** One language: its sentences, with the site's own in place of ours, and its ways of writing dates and numbers. */
export class I18n {
  readonly dates: Dates;
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;

  constructor(
    readonly lang: string,
    locale: string,
    private readonly texts: Sentences,
    private readonly overrides: Readonly<Record<string, string>> = {},
  ) {
    this.#plural = new Intl.PluralRules(locale);
    this.#number = new Intl.NumberFormat(locale);
    this.dates = new Dates(locale, this.t("time.now"));
  }

  get dir(): "ltr" | "rtl" {
    return rtl.includes(this.lang) ? "rtl" : "ltr";
  }

  t(key: Key, params?: Params): string {
    return this.fill(this.overrides[key] ?? this.texts[key] ?? "", params);
  }

  /** `{n}` in the text is the count; each form of the language is a sentence of its own. */
  plural(key: Key, count: number, params?: Params): string {
    const form = `${key}.${this.#plural.select(count)}`;
    const text = this.find(form) ?? this.find(`${key}.other`) ?? "";
    return this.fill(text, { ...params, n: this.number(count) });
  }

  /** "Ana, Ben and Chloé". */
  list(words: readonly string[]): string {
    return new Intl.ListFormat(this.#plural.resolvedOptions().locale).format(words);
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  fill(text: string, params: Params = {}): string {
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  }

  /** A text whose key is made from a code that the server may extend. */
  find(key: string): string | undefined {
    return this.overrides[key] ?? (this.texts as Partial<Record<string, string>>)[key];
  }
}

/** The first that is a language we have, with the region as written. */
export function chooseLocale(candidates: readonly (string | null | undefined)[]): {
  lang: string;
  locale: string;
} {
  for (const candidate of candidates) {
    const locale = canonical(candidate);
    const lang = locale?.split("-")[0];
    if (locale && lang && languages.includes(lang)) return { lang, locale };
  }
  return { lang: "en", locale: "en" };
}

function canonical(tag: string | null | undefined): string | null {
  try {
    return tag ? (Intl.getCanonicalLocales(tag.replace("_", "-"))[0] ?? null) : null;
  } catch {
    return null;
  }
}

const loaded = new Map<string, Promise<Sentences>>();
const parts = new Set<Part>(["base"]);

/** Each language is fetched once; a failure is forgotten, so that the next try may succeed. */
export function loadTexts(lang: string): Promise<Sentences> {
  const known = loaded.get(lang);
  if (known) return known;
  const asked = [...parts].map((part) => fetchTexts(part, lang));
  const loading = Promise.all(asked).then((found) => Object.assign({}, ...found));
  loaded.set(lang, loading);
  loading.catch(() => loaded.delete(lang));
  return loading;
}

/** The sentences of further screens: once this is done they are there in every language that is spoken. */
export async function addTexts(part: Part): Promise<void> {
  parts.add(part);
  const add = async (lang: string, texts: Promise<Sentences>) =>
    Object.assign(await texts, await fetchTexts(part, lang));
  await Promise.all([...loaded].map(([lang, texts]) => add(lang, texts)));
}
