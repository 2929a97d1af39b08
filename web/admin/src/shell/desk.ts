import { type Environment, pageEnvironment } from "../../../client/src/environment.ts";
import { Http } from "../../../client/src/http.ts";
import { Problem } from "../../../client/src/problem.ts";
import { chooseLanguage, I18n } from "../i18n/i18n.ts";
import { type Kept, Sessions } from "../session/sessions.ts";
import type { OperatorRole, Self } from "../wire.ts";
import { Api } from "./api.ts";
import { Live } from "./live.ts";
import type { Question } from "./modal.ts";
import { address, Router } from "./router.ts";

const RANKS: Record<OperatorRole, number> = { agent: 1, admin: 2, owner: 3 };
export type Theme = "auto" | "light" | "dark";

/** What every screen has at hand. Tells "change" when who is signed in, the language or the theme is another. */
export class Desk extends EventTarget {
  readonly environment: Environment = pageEnvironment();
  readonly http = new Http(this.environment, location.origin);
  readonly router = new Router();
  readonly sessions = new Sessions(this.environment.local);
  readonly api = new Api(
    this.http,
    () => this.session?.access_token ?? null,
    () => this.ended(),
  );
  readonly live = new Live(this.environment, () => this.session?.access_token ?? null);
  i18n!: I18n;
  /** How something is said in passing, and how something is asked: the shell sets them. */
  toast: (text: string) => void = () => {};
  ask: (question: Question) => Promise<boolean> = async () => false;

  get session(): Kept | null {
    return this.sessions.get(this.router.place.site);
  }

  get operator(): Self {
    return (this.session as Kept).operator;
  }

  may(role: OperatorRole): boolean {
    const mine = this.session?.operator.role;
    return mine !== undefined && RANKS[mine] >= RANKS[role];
  }

  link(section: string, rest: string[] = [], query?: Record<string, string>): string {
    return address(this.router.place.site, section, rest, query);
  }

  async speak(lang?: string): Promise<void> {
    const { local } = this.environment;
    if (lang) local.setItem("parvis.admin.lang", lang);
    const chosen = chooseLanguage(local.getItem("parvis.admin.lang"), navigator.languages);
    this.i18n = await I18n.load(chosen.lang, chosen.locale);
    document.documentElement.lang = chosen.lang;
    this.changed();
  }

  get theme(): Theme {
    return (this.environment.local.getItem("parvis.admin.theme") as Theme | null) ?? "auto";
  }

  set theme(theme: Theme) {
    this.environment.local.setItem("parvis.admin.theme", theme);
    this.changed();
  }

  /** The session is over: the same address shows the way to sign in, and then what it showed. */
  ended(): void {
    this.sessions.drop(this.router.place.site);
    this.router.guard(null);
    this.changed();
  }

  changed(): void {
    this.dispatchEvent(new Event("change"));
  }

  /** What went wrong, in words. */
  words(error: unknown): string {
    const problem = Problem.of(error);
    const known = this.i18n.find(`problem.${problem.code}`);
    if (known) return known;
    return problem.status > 0 && problem.detail ? problem.detail : this.i18n.t("problem.unknown");
  }

  /** Does it and says so, or says what went wrong. */
  async try<T>(work: () => Promise<T>, done?: string): Promise<T | undefined> {
    try {
      const result = await work();
      if (done) this.toast(done);
      return result ?? (true as T);
    } catch (error) {
      this.toast(this.words(error));
      return undefined;
    }
  }
}
