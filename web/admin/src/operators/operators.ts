import { html, nothing, type PropertyDeclarations } from "lit";
import "../../../ui/src/avatar/avatar.ts";
import { define } from "../../../ui/src/define.ts";
import { copy } from "../shell/copy.ts";
import { icon } from "../shell/icons.ts";
import "../shell/menu.ts";
import type { Part } from "../shell/menu.ts";
import "../shell/modal.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Operator, OperatorRole } from "../wire.ts";

interface Invitation {
  url: string;
  expires_at: string;
}
const ROLES: OperatorRole[] = ["agent", "admin", "owner"];

/** Those who look after the site. */
export class AdminOperators extends Screen {
  static override properties: PropertyDeclarations = {
    inviting: { state: true },
    link: { state: true },
    busy: { state: true },
  };
  private inviting = false;
  private link: (Invitation & { name: string }) | null = null;
  private busy = false;
  private readonly all = new Loaded<Operator[]>(this, () => this.api.all("/operators"));

  protected override begin(): void {
    void this.all.load();
  }

  override render() {
    const invite = this.desk.may("admin")
      ? html`<button type="button" class="button" @click=${() => {
          this.inviting = true;
        }}>${icon("plus")}${this.t("operators.invite")}</button>`
      : nothing;
    return html`${this.head(this.t("nav.operators"), invite, this.t("operators.hint"))}
      ${this.when(this.all, (all) => html`<ul class="card list">${all.map((one) => this.entry(one))}</ul>`)}
      ${this.inviting ? this.window() : nothing}${this.link ? this.linkWindow(this.link) : nothing}`;
  }

  private entry(one: Operator) {
    const { i18n } = this.desk;
    const seen = one.last_seen_at
      ? this.t("operators.seen", { when: i18n.dates.brief(one.last_seen_at, Date.now()) })
      : one.invited_until
        ? this.t("operators.invited", { when: i18n.moment(one.invited_until) })
        : "";
    return html`<li><parvis-avatar style="--size:40px" .name=${one.name} .seed=${one.id}></parvis-avatar><div
      class="grow"><b>${one.name}</b>${
        one.id === this.desk.operator.id
          ? html` <span class="chip"
        >${this.t("nav.me")}</span>`
          : nothing
      }<p class="muted small"
          >${[one.email, seen].filter(Boolean).join(" · ")}</p></div>
      ${
        one.totp
          ? html`<span class="chip good">${icon("shield")}${this.t("operators.totp")}</span>`
          : nothing
      }${one.role ? html`<span class="chip accent">${this.t(`role.${one.role}`)}</span>` : nothing}
      ${
        this.mayChange(one)
          ? html`<admin-menu .label="${this.t("actions")} ${one.name}" .parts=${() =>
              this.doings(one)}></admin-menu>`
          : nothing
      }</li>`;
  }

  private mayChange(one: Operator): boolean {
    return this.desk.may("owner") || (this.desk.may("admin") && one.role === "agent");
  }

  private get roles(): OperatorRole[] {
    return this.desk.may("owner") ? ROLES : ["agent"];
  }

  private doings(one: Operator): Part[] {
    const roles = this.roles.map((role) => ({
      label: this.t(`role.${role}`),
      checked: one.role === role,
      run: () => this.patch(one, { role }),
    }));
    return [
      ...(this.desk.may("owner") ? [{ heading: this.t("operators.role"), choices: roles }] : []),
      {
        choices: [
          { label: this.t("operators.link"), icon: "key", run: () => this.again(one) },
          {
            label: this.t("operators.drop"),
            icon: "trash",
            danger: true,
            run: () => this.drop(one),
          },
        ],
      },
    ];
  }

  private async patch(one: Operator, patch: object): Promise<void> {
    if (await this.desk.try(() => this.api.patch(`/operators/${one.id}`, patch), this.t("saved")))
      await this.all.load();
  }

  private async again(one: Operator): Promise<void> {
    const link = await this.desk.try(() =>
      this.api.post<Invitation>(`/operators/${one.id}/invitation`),
    );
    if (link) this.link = { ...link, name: one.name };
  }

  private async drop(one: Operator): Promise<void> {
    const yes = await this.desk.ask({
      title: this.t("operators.drop.title", { name: one.name }),
      text: this.t("operators.drop.text"),
      yes: this.t("operators.drop"),
      no: this.t("cancel"),
    });
    if (
      yes &&
      (await this.desk.try(() => this.api.remove(`/operators/${one.id}`), this.t("deleted")))
    )
      await this.all.load();
  }

  private window() {
    return html`<admin-modal .heading=${this.t("operators.invite")} .hint=${this.t("operators.invite.hint")}
      .closeLabel=${this.t("close")}
      .draw=${() => html`<form id="invite-form" class="stack" @submit=${this.onInvite}><div class="field"><label
        for="invite-name">${this.t("operators.invite.name")}</label><input class="input" id="invite-name" name="name" required
          maxlength="80" autofocus /></div>
        <div class="field"><label for="invite-email">${this.t("session.email")}</label><input class="input"
          id="invite-email" name="email" type="email" required /></div>
        <fieldset><legend>${this.t("operators.role")}</legend>${this.roles.map(
          (role, at) => html`<label class="check"
          ><input type="radio" name="role" value=${role} .checked=${at === 0} /><span>${this.t(`role.${role}`)}<small
            >${this.t(`operators.role.${role}`)}</small></span></label>`,
        )}</fieldset></form>`}
      .foot=${() => html`<button class="button" form="invite-form" ?disabled=${this.busy}
        >${this.t("operators.invite.yes")}</button>`}
      @closing=${() => {
        this.inviting = false;
      }}></admin-modal>`;
  }

  private readonly onInvite = async (event: Event): Promise<void> => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target as HTMLFormElement));
    this.busy = true;
    const made = await this.desk.try(() =>
      this.api.post<{ invitation: Invitation }>("/operators", given),
    );
    this.busy = false;
    if (!made) return;
    this.inviting = false;
    this.link = { ...made.invitation, name: String(given.name) };
    await this.all.load();
  };

  private linkWindow(link: Invitation & { name: string }) {
    return html`<admin-modal .heading=${this.t("operators.link.title", { name: link.name })}
      .hint=${this.t("operators.link.hint", { when: this.desk.i18n.moment(link.expires_at) })}
        .closeLabel=${this.t("close")}
      .draw=${() => html`<pre class="code" tabindex="0">${link.url}</pre>`} .foot=${() => copy(this.desk, link.url)}
        @closing=${() => {
          this.link = null;
        }}></admin-modal>`;
  }
}

define("admin-operators", AdminOperators);
