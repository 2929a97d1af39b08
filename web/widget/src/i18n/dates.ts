const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How moments are written, in one locale and in the time zone of whoever reads. */
export class Dates {
  readonly #clock: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #dayMonth: Intl.DateTimeFormat;
  readonly #numeric: Intl.DateTimeFormat;
  readonly #parts: Intl.DateTimeFormat;
  readonly #longDay: Intl.DateTimeFormat;
  readonly #longDate: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;
  readonly #ago: Intl.RelativeTimeFormat;
  readonly #day: Intl.RelativeTimeFormat;

  constructor(
    locale: string,
    private readonly now: string,
    timeZone?: string,
  ) {
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { timeZone, ...options });
    this.#clock = format({ timeStyle: "short" });
    this.#weekday = format({ weekday: "short" });
    this.#dayMonth = format({ day: "numeric", month: "short" });
    this.#numeric = format({ day: "2-digit", month: "2-digit", year: "numeric" });
    // To count with: a locale may write other digits, and count its years otherwise.
    this.#parts = new Intl.DateTimeFormat("en", { timeZone });
    this.#longDay = format({ weekday: "long", day: "numeric", month: "long" });
    this.#longDate = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
    this.#full = format({ dateStyle: "full", timeStyle: "short" });
    const narrow = new Intl.RelativeTimeFormat(locale, { style: "narrow" });
    // In some languages the narrow form is a bare minus sign, French among them, or a bare letter, as in German.
    const cryptic = /^-|\bm\b/.test(narrow.format(-1, "minute"));
    this.#ago = cryptic ? new Intl.RelativeTimeFormat(locale, { style: "short" }) : narrow;
    this.#day = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  }

  /** As short as a list wants it: "now", "5 min ago", "14:03", "yesterday", "Tue", "3 Mar", "03/03/2024". */
  brief(iso: string, now: number): string {
    const then = new Date(iso);
    const passed = now - then.getTime();
    const days = this.daysBetween(then, new Date(now));
    if (passed < MINUTE) return this.now;
    if (passed < HOUR) return this.#ago.format(-Math.floor(passed / MINUTE), "minute");
    if (days === 0) return this.#clock.format(then);
    if (days === 1) return this.#day.format(-1, "day");
    if (days < 7) return this.#weekday.format(then);
    return passed < 300 * 24 * HOUR ? this.#dayMonth.format(then) : this.#numeric.format(then);
  }

  time(iso: string): string {
    return this.#clock.format(new Date(iso));
  }

  full(iso: string): string {
    return capital(this.fullWithin(iso));
  }

  /** The same inside a sentence. */
  fullWithin(iso: string): string {
    return this.#full.format(new Date(iso));
  }

  /** The line between two days. */
  day(iso: string, now: number): string {
    return capital(this.dayWithin(iso, now));
  }

  /** The same inside a sentence. */
  dayWithin(iso: string, now: number): string {
    const then = new Date(iso);
    const days = this.daysBetween(then, new Date(now));
    if (days === 0 || days === 1) return this.#day.format(-days, "day");
    return (days < 200 ? this.#longDay : this.#longDate).format(then);
  }

  /** Equal for two moments of the same day. */
  dayKey(iso: string): string {
    return this.#numeric.format(new Date(iso));
  }

  private daysBetween(from: Date, to: Date): number {
    return Math.round((this.midnight(to) - this.midnight(from)) / (24 * HOUR));
  }

  private midnight(date: Date): number {
    const parts = Object.fromEntries(
      this.#parts.formatToParts(date).map(({ type, value }) => [type, Number(value)]),
    );
    return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day);
  }
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
