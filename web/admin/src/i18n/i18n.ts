import { adminLanguages, fetchTexts, languages } from "virtual:texts";
import type english from "../../../../i18n/en.json";
import { Dates } from "../../../widget/src/i18n/dates.ts";

export type Key = keyof (typeof english)["admin"];
export type Params = Readonly<Record<string, string | number>>;
type Texts = Readonly<Record<string, string>>;

type Names = Readonly<Record<string, string>>;

/** What is spoken here, each as it calls itself. */
export const LANGUAGES = named(adminLanguages);
/** What is spoken to members. */
export const MEMBER_LANGUAGES = named(languages);

export class I18n {
  readonly dates: Dates;
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;
  readonly #list: Intl.ListFormat;

  private constructor(
    readonly lang: string,
    private readonly texts: Texts,
    private readonly locale: string,
  ) {
    this.#plural = new Intl.PluralRules(locale);
    this.#number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    this.#list = new Intl.ListFormat(locale);
    this.dates = new Dates(locale, this.t("time.now"));
  }

  static async load(lang: string, locale: string = lang): Promise<I18n> {
    return new I18n(lang, await fetchTexts("admin", lang), locale);
  }

  readonly t = (key: Key, params?: Params): string => fill(this.texts[key] ?? key, params);

  /** `{n}` in the text is the count. */
  readonly plural = (key: Key, count: number, params?: Params): string => {
    const text = this.find(`${key}.${this.#plural.select(count)}`) ?? this.find(`${key}.other`);
    return fill(text ?? "", { ...params, n: this.number(count) });
  };

  /** A text whose key is made from a word that the server may extend. */
  readonly find = (key: string, params?: Params): string | undefined => {
    const text = this.texts[key];
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
): { lang: string; locale: string } {
  for (const locale of [chosen, ...browser]) {
    const lang = locale?.split("-")[0];
    if (locale && lang && Object.hasOwn(LANGUAGES, lang)) return { lang, locale };
  }
  return { lang: "en", locale: "en" };
}

function named(all: readonly string[]): Names {
  return Object.fromEntries(all.map((lang) => [lang, nameOf(lang)]));
}

function nameOf(lang: string): string {
  const name = new Intl.DisplayNames(lang, { type: "language" }).of(lang) ?? lang;
  return name.charAt(0).toLocaleUpperCase(lang) + name.slice(1);
}
