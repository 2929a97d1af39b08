import { css, html, LitElement, type PropertyDeclarations } from "lit";
import { define } from "../define.ts";
import { type IconName, icon, iconStyles } from "../icon/icon.ts";
import { base } from "../theme/tokens.ts";
import "./icons.ts";

export interface MenuItem {
  label: string;
  icon: IconName;
  danger?: boolean;
  run: () => unknown;
}

const MARGIN = 8;

/** One menu for a whole view: `show(anchor, items)`. In the top layer, so that no scroller clips it. */
export class ParvisMenu extends LitElement {
  static override styles = [
    base,
    iconStyles,
    css`
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: var(--p-space-15);
        min-inline-size: 200px;
        max-inline-size: calc(100vw - 16px);
        border: 1px solid var(--p-line);
        border-radius: var(--p-radius-small);
        background: var(--p-raised);
        color: var(--p-text);
        box-shadow: var(--p-shadow-small);
        font: 400 var(--p-type-5) / 1.4 var(--p-font);
      }
      [popover]:popover-open {
        animation: appear var(--p-quick) var(--p-ease);
      }
      button {
        display: flex;
        align-items: center;
        gap: var(--p-space-3);
        inline-size: 100%;
        min-block-size: var(--p-hit);
        padding: var(--p-space-2) var(--p-space-3);
        border-radius: var(--p-radius-tiny);
      }
      button .icon {
        inline-size: 18px;
        block-size: 18px;
        color: var(--p-muted);
      }
      button:hover,
      button:focus-visible {
        background: var(--p-hover);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      .danger,
      .danger .icon {
        color: var(--p-danger);
      }
      @keyframes appear {
        from {
          opacity: 0;
          scale: 0.96;
        }
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    items: { state: true },
    label: { state: true },
  };

  private items: readonly MenuItem[] = [];
  private label = "";
  private anchor: HTMLElement | null = null;

  async show(anchor: HTMLElement, label: string, items: readonly MenuItem[]): Promise<void> {
    // A key that asks for it may be heard twice.
    if (this.anchor) return;
    this.items = items;
    this.label = label;
    this.anchor = anchor;
    await this.updateComplete;
    const box = this.box;
    if (!box || items.length === 0) {
      this.anchor = null;
      return;
    }
    box.showPopover();
    this.place(box, anchor.getBoundingClientRect());
    anchor.setAttribute("aria-expanded", "true");
    box.querySelector("button")?.focus();
  }

  override render() {
    return html`<div popover="auto" role="menu" aria-label=${this.label} part="menu" @keydown=${this.onKey} @toggle=${this.onToggle}>
      ${this.items.map(
        (
          item,
        ) => html`<button type="button" role="menuitem" tabindex="-1" class=${item.danger ? "danger" : ""}
          @click=${() => this.choose(item)}>${icon(item.icon)}<span>${item.label}</span></button>`,
      )}
    </div>`;
  }

  private get box(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>("[popover]");
  }

  private place(box: HTMLElement, near: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height } = box;
    const below = near.bottom + 4 + height + MARGIN <= innerHeight;
    const left = Math.max(MARGIN, Math.min(near.right - width, innerWidth - width - MARGIN));
    const top = below ? near.bottom + 4 : Math.max(MARGIN, near.top - height - 4);
    box.style.setProperty("left", `${left}px`);
    box.style.setProperty("top", `${top}px`);
  }

  private choose(item: MenuItem): void {
    const { anchor } = this;
    this.box?.hidePopover();
    anchor?.focus();
    item.run();
  }

  private onToggle = (event: ToggleEvent): void => {
    if (event.newState !== "closed") return;
    this.anchor?.removeAttribute("aria-expanded");
    this.anchor = null;
  };

  private onKey = (event: KeyboardEvent): void => {
    const all = [...this.renderRoot.querySelectorAll("button")];
    const at = all.indexOf(event.target as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Tab") this.box?.hidePopover();
    // The panel around it listens for Escape too.
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      this.box?.hidePopover();
    }
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  };
}

define("parvis-menu", ParvisMenu);
