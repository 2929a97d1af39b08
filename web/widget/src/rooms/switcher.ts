import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { Client, Conversation } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { define } from "#ui/define.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { rove } from "#ui/roving/roving.ts";
import { base } from "#ui/theme/tokens.ts";
import { Part } from "../part.ts";
import { byName, type RoomContext } from "./scene.ts";

/** The room's name; with several rooms, the way to the others and what is unread there. Tells "room" with an id. */
export class RoomSwitcher extends Part {
  static override styles = [
    base,
    iconStyles,
    badgeStyles,
    css`
      :host {
        display: block;
        flex: 1;
        min-inline-size: 0;
      }
      h2 {
        font-size: var(--p-type-7);
        font-weight: 700;
        line-height: 1.3;
      }
      h2,
      .label {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .switch,
      .open {
        display: flex;
        align-items: center;
        gap: var(--p-space-15);
        min-inline-size: 0;
      }
      .switch {
        cursor: pointer;
      }
      .open {
        min-block-size: var(--p-hit);
        margin-inline-start: calc(-1 * var(--p-space-2));
        padding-inline: var(--p-space-2);
        border-radius: var(--p-radius-small);
        font: inherit;
      }
      .open:hover,
      .open[aria-expanded="true"] {
        background: var(--p-hover);
      }
      .open > .icon {
        inline-size: 18px;
        block-size: 18px;
        color: var(--p-muted);
      }
      .label {
        min-inline-size: 0;
      }
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        inline-size: max-content;
        min-inline-size: 200px;
        max-inline-size: min(340px, calc(100vw - 16px));
        max-block-size: 60vh;
        padding: var(--p-space-15);
        border: 1px solid var(--p-line);
        border-radius: var(--p-radius-small);
        background: var(--p-raised);
        color: var(--p-text);
        box-shadow: var(--p-shadow-small);
        font: 400 var(--p-type-5) / 1.4 var(--p-font);
      }
      .choice {
        display: flex;
        align-items: center;
        gap: var(--p-space-2);
        inline-size: 100%;
        min-block-size: var(--p-hit);
        padding: var(--p-space-2) var(--p-space-2);
        border-radius: var(--p-radius-tiny);
      }
      .choice:hover,
      .choice:focus-visible {
        background: var(--p-hover);
      }
      .choice[aria-checked="true"] {
        font-weight: 650;
      }
      .choice .label {
        flex: 1;
      }
      :host([compact]) .switch .count + .count {
        display: none;
      }
      .count.quiet {
        background: var(--p-bubble);
        color: var(--p-text);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    current: { attribute: false },
  };

  declare ctx: RoomContext;
  current!: Conversation;

  protected override watches({ state }: Client): readonly unknown[] {
    return [state.conversations];
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
  }

  override render() {
    const { i18n } = this.ctx;
    const rooms = byName(this.ctx);
    const name = this.current.name ?? "";
    if (rooms.length < 2) return html`<h2 tabindex="-1" dir="auto">${name}</h2>`;
    const others = rooms.filter(({ id }) => id !== this.current.id);
    const unread = others.reduce((sum, one) => sum + one.unread, 0);
    const mentions = others.reduce((sum, one) => sum + (one.mentions ?? 0), 0);
    const news = unread ? `, ${i18n.plural("rooms.elsewhere", unread)}` : "";
    // The numbers stand beside the button: who speaks to their computer says the room's name alone.
    return html`<h2 class="switch" tabindex="-1" @click=${this.show}><button type="button" class="open" aria-haspopup="menu" aria-expanded="false"
        aria-label="${i18n.t("rooms.switch", { name })}${news}">
        <span class="label" dir="auto">${name}</span>${icon("down")}</button>${this.badge(unread, mentions)}</h2>
      <div popover="auto" role="menu" class="scroll" aria-label=${i18n.t("rooms.list")} @keydown=${this.onKey} @toggle=${this.onToggle}>
        ${rooms.map((room) => this.choice(room))}
      </div>`;
  }

  /** Mentions stand out; what is merely unread is quiet. */
  private badge(unread: number, mentions: number) {
    const { i18n } = this.ctx;
    if (unread === 0) return nothing;
    return html`${mentions ? html`<span class="count" dir="ltr" aria-hidden="true">@${i18n.number(mentions)}</span>` : nothing}<span class="count quiet" aria-hidden="true">${i18n.number(unread)}</span>`;
  }

  private choice({ id, name, unread, mentions = 0 }: Conversation) {
    const { i18n } = this.ctx;
    const told = [
      unread ? i18n.plural("rooms.unread", unread) : "",
      mentions ? i18n.plural("rooms.mentions", mentions) : "",
    ].filter(Boolean);
    const chosen = id === this.current.id;
    return html`<button type="button" class="choice" role="menuitemradio" aria-checked=${chosen ? "true" : "false"} tabindex="-1"
      aria-label=${[name ?? "", ...told].join(", ")} @click=${() => this.choose(id)}>
      <span class="label" dir="auto">${name}</span>${this.badge(unread, mentions)}</button>`;
  }

  private get menu(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>("[popover]");
  }

  private show = (): void => {
    const { menu } = this;
    const near = this.renderRoot.querySelector(".open")?.getBoundingClientRect();
    if (!menu || !near) return;
    menu.showPopover();
    const left = Math.max(8, Math.min(near.left, innerWidth - menu.offsetWidth - 8));
    menu.style.setProperty("left", `${left}px`);
    menu.style.setProperty("top", `${near.bottom + 4}px`);
    menu.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  };

  private choose(id: string): void {
    this.menu?.hidePopover();
    if (id !== this.current.id) this.tell("room", id);
    this.renderRoot.querySelector<HTMLElement>(".open")?.focus();
  }

  private onToggle = (event: ToggleEvent): void => {
    const open = event.newState === "open";
    this.renderRoot.querySelector(".open")?.setAttribute("aria-expanded", String(open));
  };

  private onKey = (event: KeyboardEvent): void => {
    if (event.key === "Tab") this.menu?.hidePopover();
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      this.menu?.hidePopover();
      this.renderRoot.querySelector<HTMLElement>(".open")?.focus();
    }
    rove(event, [...this.renderRoot.querySelectorAll<HTMLElement>(".choice")]);
  };
}

define("parvis-room-switcher", RoomSwitcher);
