import { html, LitElement, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "./icons.ts";

export interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
  /** Nothing is lost by a yes. */
  mild?: boolean;
}

let serial = 0;

/**
 * The frame of a window over the page, or of a drawer at its side: `draw` fills it. Closing is asked of whoever opened
 * it, by the event "closing", which may be refused.
 */
export class AdminModal extends LitElement {
  static override properties: PropertyDeclarations = {
    heading: { attribute: false },
    hint: { attribute: false },
    kind: { attribute: false },
    closeLabel: { attribute: false },
    draw: { attribute: false },
    foot: { attribute: false },
  };
  heading = "";
  hint: unknown = nothing;
  kind: "window" | "wide" | "drawer" = "window";
  closeLabel = "";
  draw: () => unknown = () => nothing;
  foot: (() => unknown) | null = null;
  readonly #id = `modal-${++serial}`;

  protected override createRenderRoot() {
    return this;
  }

  /** What had the focus before: it comes back to it. */
  private returnTo: Element | null = null;

  protected override firstUpdated(): void {
    this.returnTo = (this.getRootNode() as Document | ShadowRoot).activeElement;
    this.querySelector("dialog")?.showModal();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const before = this.returnTo;
    if (before instanceof HTMLElement) queueMicrotask(() => before.isConnected && before.focus());
  }

  override render() {
    return html`<dialog class="modal ${this.kind}" aria-labelledby=${this.#id} @cancel=${this.onCancel}
      @pointerdown=${this.onOutside}>
      <header><div><h2 id=${this.#id}>${this.heading}</h2>${
        this.hint === nothing
          ? nothing
          : html`<p class="hint"
        >${this.hint}</p>`
      }</div>
        <button type="button" class="round" aria-label=${this.closeLabel} @click=${this.close}>${icon("close")}</button
          ></header>
      <div class="inside">${this.draw()}</div>
      ${this.foot ? html`<footer>${this.foot()}</footer>` : nothing}
    </dialog>`;
  }

  readonly close = (): void => {
    this.dispatchEvent(new CustomEvent("closing"));
  };

  private readonly onCancel = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    this.close();
  };

  private readonly onOutside = (event: PointerEvent): void => {
    if (event.target === event.currentTarget) this.close();
  };
}

define("admin-modal", AdminModal);
