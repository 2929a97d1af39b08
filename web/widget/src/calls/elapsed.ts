import { html, LitElement, type PropertyDeclarations } from "lit";
import { define } from "#ui/define.ts";
import { duration } from "./duration.ts";

const SECOND = 1_000;

/** How long a call has lasted, while it does. */
export class Elapsed extends LitElement {
  static override properties: PropertyDeclarations = { since: { attribute: false } };
  /** When it was answered: RFC 3339. */
  since = "";
  #ticking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.requestUpdate(), SECOND);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  override render() {
    // The clock of this machine may be a little behind the server's.
    const passed = Math.max(0, Date.now() - Date.parse(this.since));
    return html`<span role="timer">${duration(passed / SECOND)}</span>`;
  }
}

define("parvis-elapsed", Elapsed);
