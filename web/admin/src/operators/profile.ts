import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import "../members/pick.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { GridMember, Member, OwnSession, Self } from "../wire.ts";
import "./factor.ts";

/** One's own page: the name that members see, the password, the second factor, where one is signed in. */
export class AdminProfile extends Screen {
  static override properties: PropertyDeclarations = { test: { state: true } };
  private test: Member | null = null;
  private readonly me = new Loaded<Self>(this, () => this.api.get("/me"));
  private readonly sessions = new Loaded<OwnSession[]>(this, () => this.api.all("/me/sessions"));

  protected override begin(): void {
    void this.me.load().then(() => this.keep());
    void this.sessions.load();
  }

  private async keep(): Promise<void> {
    const me = this.me.value;
    const { session, sessions } = this.desk;
    if (!me || !session) return;
    sessions.put({ ...session, operator: me });
    this.desk.changed();
    if (me.test_member)
      this.test = await this.api.get<GridMember>(`/members/${me.test_member}`).catch(() => null);
  }

  override render() {
    return html`${this.head(this.t("nav.profile"))}${this.when(
      this.me,
      (me) =>
        html`${this.name(me)}${this.trials()}${this.password(me)}<admin-factor .desk=${this.desk}
          .on=${me.totp ?? false} @changed=${() => this.me.load().then(() => this.keep())}></admin-factor
            >${this.where()}`,
    )}`;
  }

  private name(me: Self) {
    return html`<form class="card block stack" @submit=${this.onName}><div class="field medium"><label for="my-name"
      >${this.t("session.name")}</label><input class="input" id="my-name" name="name" required maxlength="80"
        .value=${me.name} /><span class="hint">${this.t("profile.name.hint")}</span></div>
      <div><button class="button">${this.t("save")}</button></div></form>`;
  }

  private readonly onName = (event: Event): void => {
    event.preventDefault();
    void this.patch({
      name: String(new FormData(event.target as HTMLFormElement).get("name")).trim(),
    });
  };

  private async patch(patch: object): Promise<void> {
    const me = await this.desk.try(() => this.api.patch<Self>("/me", patch), this.t("saved"));
    if (!me) return;
    this.me.set(me);
    await this.keep();
  }

  private trials() {
    return html`<section class="card stack"><div><h2 class="title">${this.t("profile.test")}</h2><p class="hint"
      >${this.t("profile.test.hint")}</p></div>
      <div class="medium"><admin-pick .desk=${this.desk} .label=${this.t("profile.test.member")} .value=${this.test}
        @pick=${(event: CustomEvent<Member | null>) => {
          this.test = event.detail;
          if (event.detail) void this.patch({ test_member: event.detail.id });
        }}></admin-pick></div></section>`;
  }

  private password(me: Self) {
    return html`<form class="card block stack" @submit=${this.onPassword}><h2 class="title"
      >${this.t("session.password")}</h2><input type="text" class="quietly" autocomplete="username"
        .value=${me.email ?? ""} tabindex="-1" aria-hidden="true" />
      <div class="two"><div class="field"><label for="old-password">${this.t("profile.password.old")}</label><input
        class="input" id="old-password" name="old" type="password" autocomplete="current-password" required /></div>
        <div class="field"><label for="new-password">${this.t("profile.password.new")}</label><input class="input"
          id="new-password" name="new" type="password" autocomplete="new-password" minlength="8" maxlength="200"
            required /></div></div>
      <div class="row"><button class="button">${this.t("profile.password.yes")}</button><span class="hint"
        >${this.t("profile.password.hint")}</span></div></form>`;
  }

  private readonly onPassword = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const done = await this.desk.try(
      () => this.api.put("/me/password", Object.fromEntries(new FormData(form))),
      this.t("saved"),
    );
    if (!done) return;
    form.reset();
    await this.sessions.load();
  };

  private where() {
    return html`<section class="card"><div class="row spread"><h2 class="title">${this.t("profile.sessions")}</h2
      ><button type="button" class="button small soft" @click=${() => this.end("/me/sessions")}
        >${this.t("profile.sessions.others")}</button></div>
      ${this.when(
        this.sessions,
        (all) =>
          html`<ul class="list">${all.map(
            (
              one,
            ) => html`<li style="padding-inline:0"><div class="grow"><b>${one.agent ?? "—"}</b>${
              one.current
                ? html` <span class="chip good">${this.t("profile.sessions.this")}</span>`
                : nothing
            }<p class="muted small"
            >${[one.address, this.t("profile.sessions.used", { when: this.desk.i18n.moment(one.last_used_at) })].filter(Boolean).join(" · ")}</p></div>
          ${
            one.current
              ? nothing
              : html`<button type="button" class="button small outline" @click=${() =>
                  this.end(`/me/sessions/${one.id}`)}>${this.t("profile.sessions.end")}</button>`
          }</li>`,
          )}</ul>`,
        2,
      )}</section>`;
  }

  private async end(path: string): Promise<void> {
    if (await this.desk.try(() => this.api.remove(path), this.t("profile.sessions.ended")))
      await this.sessions.load();
  }
}

define("admin-profile", AdminProfile);
