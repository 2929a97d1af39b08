import { html, nothing, type PropertyDeclarations } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { define } from "../../../ui/src/define.ts";
import { save } from "../shell/api.ts";
import { copy } from "../shell/copy.ts";
import { icon } from "../shell/icons.ts";
import "../shell/modal.ts";
import { Screen } from "../shell/screen.ts";

interface Offer {
  secret: string;
  uri: string;
  qr_svg?: string | null;
}

/** The second factor: a code from an app beside the password. Tells "changed". */
export class AdminFactor extends Screen {
  static override properties: PropertyDeclarations = {
    on: { attribute: false },
    offer: { state: true },
    codes: { state: true },
    ending: { state: true },
  };
  on = false;
  private offer: Offer | null = null;
  private codes: string[] | null = null;
  private ending = false;

  override render() {
    return html`<section class="card"><div class="setting" style="padding:0"><div><h2 class="title"
      >${this.t("profile.factor")}</h2><p class="hint">${this.t("profile.factor.hint")}</p></div>
      ${
        this.on
          ? html`<span class="chip good">${icon("check")}${this.t("profile.factor.on")}</span><button
        type="button" class="button small danger" @click=${() => this.stop(true)}
          >${this.t("profile.factor.off")}</button>`
          : html`<button type="button" class="button soft"
            @click=${this.start}>${this.t("profile.factor.start")}</button>`
      }</div></section>
      ${this.offer || this.codes ? this.setting() : nothing}${this.ending ? this.leaving() : nothing}`;
  }

  private readonly start = async (): Promise<void> => {
    this.offer = (await this.desk.try(() => this.api.post<Offer>("/me/totp"))) ?? null;
  };

  private stop(ending: boolean): void {
    this.ending = ending;
  }

  private setting() {
    return html`<admin-modal .heading=${this.t(this.codes ? "profile.factor.codes" : "profile.factor")}
      .hint=${this.t(this.codes ? "profile.factor.codes.hint" : "profile.factor.scan")} .closeLabel=${this.t("close")}
      .draw=${() => (this.codes ? this.recovery(this.codes) : this.scan())}
      .foot=${() =>
        this.codes
          ? html`${copy(this.desk, this.codes.join("\n"))}<button type="button"
        class="button small outline" @click=${() =>
          save(new Blob([`${this.codes?.join("\n")}\n`]), "recovery-codes.txt")}
            >${icon("download")}${this.t("profile.factor.codes.file")}</button><button type="button" class="button"
            @click=${this.close}>${this.t("profile.factor.codes.kept")}</button>`
          : html`<button class="button"
            form="factor-form">${this.t("session.code.check")}</button>`} @closing=${this.close}></admin-modal>`;
  }

  private readonly close = (): void => {
    const done = this.codes !== null;
    this.offer = null;
    this.codes = null;
    if (done) this.dispatchEvent(new Event("changed"));
  };

  private scan() {
    const { offer } = this;
    if (!offer) return nothing;
    // The picture is drawn by our own server.
    return html`<div class="stack">${
      offer.qr_svg
        ? html`<div class="qr" role="img"
      aria-label=${this.t("profile.factor.qr")}>${unsafeHTML(offer.qr_svg)}</div>`
        : html`<p><a class="link"
        href=${offer.uri}>${this.t("profile.factor.open")}</a></p>`
    }
      <p class="hint">${this.t("profile.factor.by.hand")} <code class="code"
        >${offer.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code></p>
      <form id="factor-form" class="field medium" @submit=${this.onCode}><label for="factor-code"
        >${this.t("session.code")}</label><input class="input" id="factor-code" name="code" inputmode="numeric"
          autocomplete="one-time-code" required autofocus /></form></div>`;
  }

  private readonly onCode = async (event: Event): Promise<void> => {
    event.preventDefault();
    const code = String(new FormData(event.target as HTMLFormElement).get("code")).replace(
      /\s/g,
      "",
    );
    const done = await this.desk.try(() =>
      this.api.put<{ recovery_codes: string[] }>("/me/totp", { code }),
    );
    if (done) this.codes = done.recovery_codes;
  };

  private recovery(codes: string[]) {
    return html`<ul class="two code" style="grid-template-columns:1fr 1fr">${codes.map(
      (code) => html`<li>${code}</li
      >`,
    )}</ul>`;
  }

  private leaving() {
    return html`<admin-modal .heading=${this.t("profile.factor.off")} .hint=${this.t("profile.factor.off.hint")}
      .closeLabel=${this.t("close")}
      .draw=${() => html`<form id="factor-off" class="field" @submit=${this.onOff}><label for="factor-password"
        >${this.t("session.password")}</label><input class="input" id="factor-password" name="password" type="password"
          autocomplete="current-password" required autofocus /></form>`}
      .foot=${() => html`<button class="button danger" form="factor-off">${this.t("profile.factor.off")}</button>`}
        @closing=${() => this.stop(false)}></admin-modal>`;
  }

  private readonly onOff = async (event: Event): Promise<void> => {
    event.preventDefault();
    const body = Object.fromEntries(new FormData(event.target as HTMLFormElement));
    if (
      !(await this.desk.try(
        () => this.api.call("/me/totp", { method: "DELETE", body }),
        this.t("saved"),
      ))
    )
      return;
    this.stop(false);
    this.dispatchEvent(new Event("changed"));
  };
}

define("admin-factor", AdminFactor);
