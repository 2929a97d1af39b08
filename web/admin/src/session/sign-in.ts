import { html, nothing, type PropertyDeclarations } from "lit";
import { Problem } from "../../../client/src/problem.ts";
import { define } from "../../../ui/src/define.ts";
import { LANGUAGES } from "../i18n/i18n.ts";
import { icon } from "../shell/icons.ts";
import { Screen } from "../shell/screen.ts";
import type { OperatorSession } from "../wire.ts";

interface Invitation {
  site: { slug: string; name: string };
  email: string;
  name: string;
}

/** The door: e-mail and password, the second factor where there is one, and the way in for who was invited. */
export class AdminSignIn extends Screen {
  static override properties: PropertyDeclarations = {
    problem: { state: true },
    busy: { state: true },
    second: { state: true },
    invitation: { state: true },
    siteName: { state: true },
  };
  private problem = "";
  private busy = false;
  /** What was given, while the second factor is asked for. */
  private second: Record<string, string> | null = null;
  private invitation: Invitation | null = null;
  private siteName = "";

  /** The fragment never reaches a server. */
  private readonly token = location.hash.slice(1);

  private get invited(): string | null {
    return this.place.site === "invitation" ? this.token : null;
  }

  private get site(): string {
    return /^[+]?$/.test(this.place.site) ? "" : this.place.site;
  }

  protected override begin(): void {
    document.title = "Parvis";
    if (this.invited) void this.look();
    else if (this.site) void this.name();
  }

  private async look(): Promise<void> {
    try {
      const body = { invitation: this.invited };
      this.invitation = await this.desk.http.call("/admin/invitations/read", {
        method: "POST",
        body,
      });
    } catch {
      this.problem = this.t("session.invitation.gone");
    }
  }

  private async name(): Promise<void> {
    const found = await this.desk.http
      .call<{ name: string }>(`/sites/${encodeURIComponent(this.site)}`)
      .catch(() => null);
    this.siteName = found?.name ?? "";
  }

  override render() {
    return html`<main class="door"><form class="card" @submit=${this.onSubmit} novalidate>
        <span class="logo" aria-hidden="true">${icon("chat")}</span>
        <h1>${this.invited ? this.t("session.welcome") : this.siteName || this.t("session.title")}</h1>
        <p class="hint">${this.hint}</p>
        ${this.invited ? this.invitee() : this.second ? this.code() : this.fields()}
        <p class="error" role="alert">${this.problem ? html`${icon("alert")}<span>${this.problem}</span>` : nothing}</p>
        ${
          this.invited && !this.invitation
            ? nothing
            : html`<button class="button" ?disabled=${this.busy}
          >${this.t(
            this.invited
              ? "session.invitation.accept"
              : this.second
                ? "session.code.check"
                : "session.in",
          )}</button>`
        }
        ${
          this.second
            ? html`<button type="button" class="button plain" @click=${this.onBack}>${this.t("back")}</button
          >`
            : nothing
        }
      </form>
      <p class="languages">${Object.keys(LANGUAGES).map(
        (code) => html`<button type="button"
        class="link" lang=${code} aria-pressed=${String(code === this.desk.i18n.lang)} @click=${() =>
          this.desk.speak(code)}>${LANGUAGES[code]}</button>`,
      )}</p></main>`;
  }

  private get hint(): string {
    if (this.invitation)
      return this.t("session.invitation.hint", { site: this.invitation.site.name });
    return this.invited ? "" : this.t(this.second ? "session.code.hint" : "session.hint");
  }

  private readonly onBack = (): void => {
    this.second = null;
    this.problem = "";
  };

  private fields() {
    return html`${this.site ? nothing : this.field("site", "session.site", "text", "organization")}
      ${this.field("email", "session.email", "email", "username")}
      ${this.field("password", "session.password", "password", "current-password")}`;
  }

  private code() {
    return this.field("code", "session.code", "text", "one-time-code");
  }

  private invitee() {
    if (!this.invitation) return nothing;
    return html`<input type="hidden" autocomplete="username" .value=${this.invitation.email} />
      ${this.field("name", "session.name", "text", "name", this.invitation.name)}
      ${this.field("password", "session.password.new", "password", "new-password")}`;
  }

  private field(
    name: string,
    label: Parameters<typeof this.t>[0],
    type: string,
    complete: string,
    value = "",
  ) {
    return html`<div class="field"><label for="door-${name}">${this.t(label)}</label>
      <input class="input" id="door-${name}" name=${name} type=${type} autocomplete=${complete} .value=${value} required
        autocapitalize="none" spellcheck="false" inputmode=${name === "code" ? "numeric" : nothing} /></div>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const empty = [...form.querySelectorAll<HTMLInputElement>("input[required]")].find(
      (one) => !one.value.trim(),
    );
    if (empty) {
      this.problem = this.t("session.missing");
      empty.focus();
      return;
    }
    this.busy = true;
    this.problem = "";
    try {
      this.opened(this.invited ? await this.accept(given) : await this.signIn(given));
    } catch (error) {
      this.failedWith(Problem.of(error), given);
    }
    this.busy = false;
  };

  private signIn(given: Record<string, string>): Promise<OperatorSession> {
    const body = { site: this.site, ...this.second, ...given };
    return this.desk.http.call("/admin/sessions", { method: "POST", body });
  }

  private accept(given: Record<string, string>): Promise<OperatorSession> {
    const body = { invitation: this.invited, ...given };
    return this.desk.http.call("/admin/invitations/accept", { method: "POST", body });
  }

  private failedWith(problem: Problem, given: Record<string, string>): void {
    if (problem.code === "totp_required") {
      this.second = given;
      void this.updateComplete.then(() => this.querySelector<HTMLElement>("#door-code")?.focus());
    } else if (problem.code === "unauthorized") this.problem = this.t("session.wrong");
    else this.problem = this.desk.words(problem);
  }

  private opened(session: OperatorSession): void {
    const { desk } = this;
    desk.sessions.put(session);
    if (this.site && !this.invited) return desk.changed();
    void desk.router.go(`/admin/${session.site.slug}`, { replace: true });
  }
}

define("admin-sign-in", AdminSignIn);
