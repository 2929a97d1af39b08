import { css, html, nothing, type PropertyDeclarations } from "lit";
import { type Client, Problem } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base } from "#ui/theme/tokens.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { sentenceFor } from "../problems.ts";

/** For whoever is not signed in: the invitation, or the form where the site keeps the accounts here. */
export class SignIn extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    fieldStyles,
    noticeStyles,
    css`
      :host {
        display: grid;
        align-content: center;
        min-block-size: 100%;
      }
      form {
        display: grid;
        gap: var(--p-space-4);
        inline-size: min(100%, 360px);
        padding: var(--p-space-6);
        margin: auto;
      }
      h2 {
        font-size: var(--p-type-8);
        font-weight: 700;
        letter-spacing: -0.01em;
        margin-block-end: var(--p-space-2);
      }
      .button {
        min-block-size: 44px;
        margin-block-start: var(--p-space-2);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    busy: { state: true },
    error: { state: true },
  };

  private busy = false;
  private error: unknown = null;

  protected override watches({ status, site }: Client) {
    return [status, site];
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("input")?.focus();
  }

  override render() {
    const { i18n, client } = this.ctx;
    if (client.site?.accounts === "password") return this.form();
    return notice({
      icon: "lock",
      title: i18n.t("sign_in.title"),
      text: i18n.t("sign_in.invitation"),
    });
  }

  private form() {
    const { i18n } = this.ctx;
    const invalid = this.error ? "true" : nothing;
    return html`<form @submit=${this.onSubmit}>
      <h2 tabindex="-1">${i18n.t("sign_in.title")}</h2>
      <div class="field"><label for="login">${i18n.t("sign_in.login")}</label>
        <input class="input" id="login" name="login" required autocomplete="username" autocapitalize="none" spellcheck="false" aria-invalid=${invalid} /></div>
      <div class="field"><label for="password">${i18n.t("sign_in.password")}</label>
        <input class="input" id="password" name="password" type="password" required autocomplete="current-password" aria-invalid=${invalid} /></div>
      ${this.error ? html`<p class="error" role="alert">${icon("alert")}<span>${this.why()}</span></p>` : nothing}
      <button class="button" ?disabled=${this.busy}>${i18n.t("sign_in.submit")}</button>
    </form>`;
  }

  private why(): string {
    const { i18n } = this.ctx;
    return Problem.of(this.error).status === 401
      ? i18n.t("sign_in.wrong")
      : sentenceFor(this.error, i18n);
  }

  private onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    this.busy = true;
    this.error = null;
    try {
      await this.client.signInWithPassword(
        String(data.get("login")).trim(),
        String(data.get("password")),
      );
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  };
}

define("parvis-sign-in", SignIn);
