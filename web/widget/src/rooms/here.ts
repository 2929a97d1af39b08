import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client, Conversation, Present, Rooms } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import "#ui/menu/menu.ts";
import type { MenuItem, ParvisMenu } from "#ui/menu/menu.ts";
import { skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { Windowed } from "#ui/windowed/windowed.ts";
import { badges, badgesStyles, face } from "../face.ts";
import { noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { failure } from "../problems.ts";
import { Crowd } from "./crowd.ts";
import { hereStyles } from "./here.styles.ts";
import { shieldIcon } from "./icons.ts";
import type { RoomContext } from "./scene.ts";

/**
 * Who is in a room, however many they are. A press begins a whisper: tells "whisper"; from the menu "report-member",
 * "mute-member", "ban-member".
 */
export class RoomHere extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    fieldStyles,
    skeletonStyles,
    noticeStyles,
    badgesStyles,
    hereStyles,
  ];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    query: { state: true },
  };

  declare ctx: RoomContext;
  conversation!: Conversation;
  private query = "";
  private inside = false;
  private readonly windowed: Windowed = new Windowed(this, {
    box: () => this.renderRoot?.querySelector("ul") ?? null,
    count: () => this.crowd.people.length,
  });
  private readonly crowd: Crowd = new Crowd(
    this,
    () => {
      const { compare } = new Intl.Collator(this.ctx.i18n.lang);
      return (a, b) => compare(a.name, b.name);
    },
    () => Math.max(this.windowed.shown.to, this.windowed.stop + 1),
  );

  protected override watches({ state, me }: Client): readonly unknown[] {
    return [(state as Rooms["state"]).rooms.get(this.conversation.id)?.inside, me];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { client } = this.ctx;
    const inside = client.state.rooms.get(this.conversation.id)?.inside ?? false;
    this.crowd.follow(client, this.conversation.id, inside);
    // Who came and went while there was no connection was not told.
    if (inside && !this.inside && this.crowd.state === "done") this.crowd.again();
    this.inside = inside;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("input")?.focus();
  }

  override render() {
    const { i18n } = this.ctx;
    const label = i18n.t("rooms.here.search");
    return html`<label class="search">${icon("search")}<input class="input" type="search" aria-label=${label} placeholder=${label}
        .value=${this.query} @input=${this.onInput} @keydown=${this.onSearchKey}></label>
      <div class="box scroll" aria-busy=${this.crowd.state === "loading" ? "true" : "false"} @keydown=${this.onKey} @focusin=${this.windowed.onFocus}>${this.content()}</div>
      <parvis-menu exportparts="menu"></parvis-menu>`;
  }

  private content() {
    const { crowd } = this;
    const { i18n } = this.ctx;
    if (crowd.people.length === 0 && crowd.state === "failed")
      return failure(crowd.error, i18n, () => void crowd.load());
    if (crowd.people.length === 0)
      return crowd.state === "done" && this.query
        ? html`<p class="nobody" role="status">${i18n.t("rooms.here.none", { query: this.query })}</p>`
        : skeletonRows(4);
    return html`<ul role="list" aria-label=${i18n.t("rooms.here")}>${this.windowed.draw(
      crowd.people,
      ({ id }) => id,
      (one, index) => this.person(one, index),
    )}</ul>`;
  }

  private person(one: Present, index: number) {
    const { i18n } = this.ctx;
    const mine = this.mine(one);
    const open = !mine && one.can_whisper !== false && this.conversation.can_write;
    const tab = index === this.windowed.stop ? 0 : -1;
    const more = i18n.t("conversations.actions", { name: one.name });
    const why = one.can_whisper === false && !mine ? i18n.t("rooms.here.closed") : "";
    return html`<li aria-posinset=${index + 1} aria-setsize=${this.crowd.size}>
      <button type="button" class="row" part="row" data-index=${index} tabindex=${tab} aria-disabled=${open ? nothing : "true"}
        title=${open ? i18n.t("rooms.aside.start", { name: one.name }) : why} @click=${() => this.press(one)}>
        ${face(this.ctx, one)}
        <span class="text"><span class="line"><span class="name" dir="auto">${one.name}</span>${one.moderator ? this.shield() : nothing}</span>
          <span class="line"><span class="login">${mine ? i18n.t("rooms.here.you") : html`<bdi>@${one.login}</bdi>`}<span class="quietly">${why ? `, ${why}` : ""}</span></span>${badges(one)}</span></span>
      </button>
      ${mine ? nothing : html`<button type="button" class="round more" tabindex=${tab} aria-haspopup="menu" aria-label=${more} title=${more} @click=${(event: Event) => this.menu(event.currentTarget as HTMLElement, one)}>${icon("more")}</button>`}
    </li>`;
  }

  private shield() {
    const text = this.ctx.i18n.t("rooms.moderator");
    return html`<span class="shield" title=${text}>${shieldIcon}<span class="quietly">, ${text}</span></span>`;
  }

  private mine({ id }: Present): boolean {
    return id === this.client.me?.id;
  }

  private press(one: Present): void {
    if (this.mine(one) || one.can_whisper === false || !this.conversation.can_write) return;
    this.tell("whisper", one);
  }

  private menu(anchor: HTMLElement, one: Present): void {
    const { i18n } = this.ctx;
    const { name } = one;
    const items: MenuItem[] = [];
    if (one.can_whisper !== false && this.conversation.can_write)
      items.push({
        label: i18n.t("rooms.aside.start", { name }),
        icon: "lock",
        run: () => this.press(one),
      });
    items.push({
      label: i18n.t("rooms.report.member", { name }),
      icon: "alert",
      run: () => this.tell("report-member", one),
    });
    if (this.conversation.room?.moderator)
      for (const [key, what, event] of [
        ["rooms.mute", "clock", "mute-member"],
        ["rooms.ban", "block", "ban-member"],
      ] as const)
        items.push({
          label: i18n.t(key, { name }),
          icon: what,
          danger: true,
          run: () => this.tell(event, one),
        });
    void this.renderRoot
      .querySelector<ParvisMenu>("parvis-menu")
      ?.show(anchor, i18n.t("conversations.actions", { name }), items);
  }

  private onInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.windowed.reset();
    this.crowd.search(this.query);
  };

  private onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.query) {
      event.stopPropagation();
      event.preventDefault();
      this.query = "";
      this.crowd.search("");
    } else if (event.key === "ArrowDown" && this.crowd.people.length > 0) {
      event.preventDefault();
      void this.windowed.go(0);
    }
  };

  private onKey = (event: KeyboardEvent): void => {
    if (this.windowed.key(event)) return;
    const target = event.target as HTMLElement;
    const one = this.crowd.people[Number(target.dataset.index)];
    const asks = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
    if (one && asks && !this.mine(one)) {
      event.preventDefault();
      this.menu(target, one);
    } else if (event.key === "ArrowUp" && target.dataset.index === "0") this.focus();
  };
}

define("parvis-room-here", RoomHere);
