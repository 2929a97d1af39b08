import { Dates } from "../../../widget/src/i18n/dates.ts";
import type { en } from "./en.ts";

export type Key = keyof typeof en;
/** What counts: keys that exist as `{key}.one` and `{key}.other`. */
export type PluralKey = Key extends infer K
  ? K extends `${infer Stem}.other`
    ? Stem
    : never
  : never;
export type Params = Readonly<Record<string, string | number>>;
type Texts = Record<Key, string>;

/** Adding a language is adding a folder like `fr`, and a line here. */
export const LANGUAGES = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof LANGUAGES;

const loaders: Record<Language, () => Promise<Texts>> = {
  en: () => import("./en.ts").then((module) => module.en),
  fr: () => import("./fr.ts").then((module) => module.fr),
};

export class I18n {
  readonly dates: Dates;
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;
  readonly #list: Intl.ListFormat;

  private constructor(
    readonly lang: Language,
    private readonly texts: Texts,
    private readonly locale: string,
  ) {
    this.#plural = new Intl.PluralRules(locale);
    this.#number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    this.#list = new Intl.ListFormat(locale);
    this.dates = new Dates(locale, texts["time.now"]);
  }

  static async load(lang: Language, locale: string = lang): Promise<I18n> {
    return new I18n(lang, await loaders[lang](), locale);
  }

  readonly t = (key: Key, params?: Params): string => fill(this.texts[key] ?? key, params);

  /** `{n}` in the text is the count. */
  readonly plural = (key: PluralKey, count: number, params?: Params): string => {
    const text = this.find(`${key}.${this.#plural.select(count)}`) ?? this.find(`${key}.other`);
    return fill(text ?? "", { ...params, n: this.number(count) });
  };

  /** A text whose key is made from a word that the server may extend. */
  readonly find = (key: string, params?: Params): string | undefined => {
    const text = (this.texts as Partial<Record<string, string>>)[key];
    return text === undefined ? undefined : fill(text, params);
  };

  number(value: number): string {
    return this.#number.format(value);
  }

  percent(part: number, whole: number): string {
    const share = whole === 0 ? 0 : part / whole;
    return new Intl.NumberFormat(this.locale, {
      style: "percent",
      maximumFractionDigits: 0,
    }).format(share);
  }

  /** "Ana, Ben and Chloé". */
  list(words: readonly string[]): string {
    return this.#list.format(words);
  }

  /** "3 Mar 2026, 14:03". */
  moment(iso: string): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "medium", timeStyle: "short" }).format(
      new Date(iso),
    );
  }

  day(iso: string): string {
    return new Intl.DateTimeFormat(this.locale, { day: "numeric", month: "short" }).format(
      new Date(iso),
    );
  }
}

export function fill(text: string, params: Params = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** The language somebody chose here, or the first of the browser's that we have. */
export function chooseLanguage(
  chosen: string | null,
  browser: readonly string[],
): { lang: Language; locale: string } {
  for (const locale of [chosen, ...browser]) {
    const lang = locale?.split("-")[0];
    if (locale && lang && Object.hasOwn(LANGUAGES, lang)) return { lang: lang as Language, locale };
  }
  return { lang: "en", locale: "en" };
}
