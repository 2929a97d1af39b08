import { html, LitElement, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { define } from "../define.ts";
import { type IconName, icon } from "../icon/icon.ts";
import { base } from "../theme/tokens.ts";
import { avatarStyles } from "./avatar.styles.ts";
import { hue, initials } from "./paint.ts";

/** Decorative: the name stands beside it. The size is the custom property `--size`. */
export class ParvisAvatar extends LitElement {
  static override styles = [base, avatarStyles];

  @property({ attribute: false }) name = "";
  /** What the colour is made from: the id. */
  @property({ attribute: false }) seed = "";
  @property({ attribute: false }) src: string | null = null;
  @property({ type: Boolean }) online = false;
  /** Drawn instead of initials: for what is not a person. */
  @property({ attribute: false }) icon: IconName | null = null;
  @state() private broken = "";

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("seed") || changed.has("name")) {
      this.style.setProperty("--hue", String(hue(this.seed || this.name)));
    }
  }

  override render() {
    const src = this.src && this.src !== this.broken ? this.src : null;
    return html`<span class="picture ${this.icon ? "site" : ""}" aria-hidden="true" part="avatar"
        >${src ? this.image(src) : this.icon ? icon(this.icon) : initials(this.name)}</span
      >${this.online ? html`<span class="dot" part="presence"></span>` : null}`;
  }

  private image(src: string) {
    return html`<img src=${src} alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer" draggable="false"
      @error=${() => {
        this.broken = src;
      }} />`;
  }
}

define("parvis-avatar", ParvisAvatar);
