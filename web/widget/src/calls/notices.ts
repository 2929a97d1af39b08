import { css, html, nothing } from "lit";
import type { Client } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base } from "#ui/theme/tokens.ts";
import { Part } from "../part.ts";

/** In the settings: whether the system tells of calls, and the way to be asked for it. Hidden where that can't be. */
export class CallNotices extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--p-space-2);
        justify-items: start;
      }
      :host([hidden]) {
        display: none;
      }
      h3 {
        font-weight: 600;
      }
      p {
        font-size: var(--p-type-3);
        color: var(--p-muted);
      }
      .state {
        display: flex;
        gap: var(--p-space-15);
        align-items: center;
        color: var(--p-text);
      }
    `,
  ];
  private readonly possible = canShow();
  private status: PermissionStatus | null = null;
  /** Asked from here: whoever listens is told what came of it. */
  private asked = false;

  protected override watches({ site }: Client) {
    return [site];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.status?.removeEventListener("change", this.onChange);
    this.status = null;
  }

  protected override updated(): void {
    this.hidden = !(this.client.site?.features.video && isSecureContext && this.possible);
    if (this.asked) this.renderRoot.querySelector<HTMLElement>(".state")?.focus();
    this.asked = false;
  }

  override render() {
    const { i18n } = this.ctx;
    if (!("Notification" in globalThis)) return nothing;
    const { permission } = Notification;
    return html`<h3>${i18n.t("calls.notices")}</h3>
      <p id="hint">${i18n.t("calls.notices.hint")}</p>
      ${
        permission === "default"
          ? html`<button type="button" class="button soft small" aria-describedby="hint" @click=${this.ask}>${i18n.t("calls.notices.ask")}</button>`
          : html`<p class="state" tabindex="-1">${icon(permission === "granted" ? "check" : "alert")}<span>${i18n.t(permission === "granted" ? "calls.notices.on" : "calls.notices.denied")}</span></p>`
      }`;
  }

  private ask = async (): Promise<void> => {
    await Notification.requestPermission();
    this.asked = true;
    this.requestUpdate();
  };

  /** People change it in the browser too. */
  private async follow(): Promise<void> {
    this.status = await navigator.permissions?.query({ name: "notifications" }).catch(() => null);
    this.status?.addEventListener("change", this.onChange);
  }

  private onChange = (): void => this.requestUpdate();
}

/** Browsers of phones have the word for it and leave the rest to service workers. */
function canShow(): boolean {
  if (globalThis.Notification?.permission !== "default") return "Notification" in globalThis;
  try {
    new Notification("");
    return true;
  } catch {
    return false;
  }
}

define("parvis-call-notices", CallNotices);
