import { html, LitElement, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { type IconName, icon } from "./icons.ts";

export interface Choice {
  label: string;
  icon?: IconName;
  danger?: boolean;
  disabled?: boolean;
  /** One of several: whether it is the one. */
  checked?: boolean;
  run: () => unknown;
}
export interface Part {
  heading?: string;
  hint?: string;
  choices: Choice[];
}

/** A button that opens a menu, in parts with a heading each. */
export class AdminMenu extends LitElement {
  static override properties: PropertyDeclarations = {
    label: { attribute: false },
    face: { attribute: false },
    look: { attribute: false },
    parts: { attribute: false },
    open: { state: true },
  };
  label = "";
  /** What stands on the button. */
  face: unknown = icon("more");
  look = "round";
  parts: () => Part[] = () => [];
  private open = false;

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    // Words on a button are its name, and the label says more; an icon has the label alone.
    const words = this.look !== "round";
    return html`<button type="button" class=${this.look} aria-haspopup="menu" aria-expanded=${String(this.open)}
        aria-label=${(!words && this.label) || nothing} title=${(words && this.label) || nothing} @click=${this.toggle}>${this.face}</button>
      <div popover="auto" class="menu" role="menu" aria-label=${this.label || nothing} @toggle=${this.onToggle}
        @keydown=${this.onKey}>
        ${this.open ? this.parts().map((part) => this.group(part)) : nothing}</div>`;
  }

  private group({ heading, hint, choices }: Part) {
    return html`<div role="group" aria-label=${heading ?? nothing}>
      ${
        heading
          ? html`<p class="menu-heading" aria-hidden="true">${heading}${
              hint ? html` <span>${hint}</span>` : nothing
            }</p>`
          : nothing
      }
      ${choices.map((choice) => this.choice(choice))}</div>`;
  }

  private choice(choice: Choice) {
    const role = choice.checked === undefined ? "menuitem" : "menuitemradio";
    return html`<button type="button" role=${role} tabindex="-1" class=${choice.danger ? "danger" : ""}
      aria-checked=${choice.checked === undefined ? nothing : String(choice.checked)} ?disabled=${choice.disabled}
      @click=${() => this.choose(choice)}>${
        choice.icon
          ? icon(choice.icon)
          : choice.checked
            ? icon("check")
            : html`<i
        class="no-icon"></i>`
      }<span>${choice.label}</span></button>`;
  }

  private get box(): HTMLElement | null {
    return this.querySelector<HTMLElement>(":scope > [popover]");
  }

  private readonly toggle = async (): Promise<void> => {
    if (this.open) return;
    this.open = true;
    await this.updateComplete;
    const box = this.box;
    const near = this.querySelector("button")?.getBoundingClientRect();
    if (!box || !near) return;
    box.showPopover();
    const left = Math.max(8, Math.min(near.left, innerWidth - box.offsetWidth - 8));
    const below = near.bottom + 4 + box.offsetHeight + 8 <= innerHeight;
    const top = below ? near.bottom + 4 : Math.max(8, near.top - box.offsetHeight - 4);
    box.style.setProperty("left", `${left}px`);
    box.style.setProperty("top", `${top}px`);
    box.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
  };

  private choose(choice: Choice): void {
    this.box?.hidePopover();
    this.querySelector("button")?.focus();
    choice.run();
  }

  private readonly onToggle = (event: ToggleEvent): void => {
    if (event.newState === "closed") this.open = false;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const all = [...(this.box?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];
    const at = all.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Tab") this.box?.hidePopover();
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      this.box?.hidePopover();
      this.querySelector("button")?.focus();
    }
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  };
}

define("admin-menu", AdminMenu);
