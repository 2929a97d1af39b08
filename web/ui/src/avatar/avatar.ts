import { html, LitElement, type PropertyDeclarations, type PropertyValues } from "lit";
import { define } from "../define.ts";
import { type IconName, icon } from "../icon/icon.ts";
import { base } from "../theme/tokens.ts";
import { avatarStyles } from "./avatar.styles.ts";
import { hue, initials } from "./paint.ts";

/** Decorative: the name stands beside it. The size is the custom property `--size`. */
export class ParvisAvatar extends LitElement {
  static override styles = [base, avatarStyles];
  static override properties: PropertyDeclarations = {
    name: { attribute: false },
    seed: { attribute: false },
    src: { attribute: false },
    online: { type: Boolean },
    icon: { attribute: false },
    broken: { state: true },
  };

  name = "";
  /** What the colour is made from: the id. An icon without one has the site's. */
  seed = "";
  src: string | null = null;
  online = false;
  /** Drawn instead of initials: for what is not a person. */
  icon: IconName | null = null;
  private broken = "";

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("seed") || changed.has("name")) {
      this.style.setProperty("--hue", String(hue(this.seed || this.name)));
    }
  }

  override render() {
    const src = this.src && this.src !== this.broken ? this.src : null;
    return html`<span class="picture ${this.icon && (!this.seed || this.icon === "organizer") ? "site" : ""}" aria-hidden="true" part="avatar"
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
