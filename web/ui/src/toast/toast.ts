import { css, html, LitElement, nothing, type PropertyDeclarations } from "lit";
import { buttonStyles } from "../button/button.styles.ts";
import { define } from "../define.ts";
import { base } from "../theme/tokens.ts";

/** What was just done, and how to take it back. Nothing, without words. */
export interface Notice {
  text: string;
  undo?: { label: string; run: () => void };
}

/** Long enough to read it and to reach it with the keyboard; it waits while one is on it. */
const LASTS = 8_000;

/** Says what was done. "Undo" can be pressed, or Ctrl+Z outside of a field. Tells "left" when it goes with the focus. */
export class ParvisToast extends LitElement {
  static override styles = [
    base,
    buttonStyles,
    css`
      :host {
        position: absolute;
        z-index: 3;
        inset-inline: 12px;
        inset-block-end: var(--p-toast-end, 16px);
        pointer-events: none;
      }
      .toast {
        display: flex;
        align-items: center;
        gap: var(--p-space-1) var(--p-space-3);
        inline-size: fit-content;
        max-inline-size: min(100%, 480px);
        margin-inline: auto;
        padding: var(--p-space-1) var(--p-space-15) var(--p-space-1) var(--p-space-4);
        border-radius: var(--p-radius-small);
        background: light-dark(#23262e, #eceef2);
        color: light-dark(#fff, #191c22);
        font: 400 var(--p-type-4) / 1.4 var(--p-font);
        box-shadow: var(--p-shadow-small);
        pointer-events: auto;
        animation: rise var(--p-calm) var(--p-ease);
      }
      .toast > span {
        padding-block: var(--p-space-2);
        overflow-wrap: anywhere;
      }
      .toast:not(:has(button)) {
        padding-inline-end: var(--p-space-4);
      }
      .button {
        flex: none;
        background: none;
        color: light-dark(#b9c6ff, #2f46b5);
      }
      .button:focus-visible {
        outline-color: currentColor;
        outline-offset: -3px;
      }
      @media (forced-colors: active) {
        .toast {
          border: 1px solid CanvasText;
        }
        .button {
          color: ButtonText;
        }
      }
      @keyframes rise {
        from {
          opacity: 0;
          translate: 0 8px;
        }
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    notice: { state: true },
  };

  private notice: Notice | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private root: Node | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.root = this.getRootNode();
    this.root.addEventListener("keydown", this.onKey, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.root?.removeEventListener("keydown", this.onKey, true);
    clearTimeout(this.timer);
    this.notice = null;
  }

  show(notice: Notice): void {
    if (!notice.text) return this.hide();
    this.notice = notice;
    this.wait();
  }

  override render() {
    const { notice } = this;
    return html`<div role="status">${
      notice
        ? html`<div class="toast" part="toast" @pointerenter=${this.stay} @pointerleave=${this.wait} @focusin=${this.stay} @focusout=${this.wait}>
            <span>${notice.text}</span>
            ${notice.undo ? html`<button type="button" class="button" @click=${this.undo}>${notice.undo.label}</button>` : nothing}
          </div>`
        : nothing
    }</div>`;
  }

  private stay = (): void => clearTimeout(this.timer);

  private wait = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.hide, LASTS);
  };

  private hide = (): void => {
    clearTimeout(this.timer);
    const focused = this.renderRoot.querySelector(":focus") !== null;
    this.notice = null;
    if (focused) this.dispatchEvent(new Event("left", { bubbles: true }));
  };

  private undo = (): void => {
    const run = this.notice?.undo?.run;
    this.hide();
    run?.();
  };

  private onKey = (event: Event): void => {
    const { key, ctrlKey, metaKey, shiftKey } = event as KeyboardEvent;
    const target = event.composedPath()[0] as Element;
    if (key === "Escape" && event.target === this) {
      event.stopPropagation();
      event.preventDefault();
      this.hide();
    }
    const undo = key.toLowerCase() === "z" && (ctrlKey || metaKey) && !shiftKey;
    if (!undo || !this.notice?.undo || target.matches("input, textarea")) return;
    event.preventDefault();
    this.undo();
  };
}

define("parvis-toast", ParvisToast);
