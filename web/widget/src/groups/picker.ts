import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Client, MemberCard, MemberWithRelation } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { Windowed } from "#ui/windowed/windowed.ts";
import { listStyles } from "../conversations/list.styles.ts";
import { badges, face } from "../face.ts";
import { Directory } from "../members/directory.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { failure } from "../problems.ts";
import { pickerStyles } from "./picker.styles.ts";

/** Picks people by clicking their names. Tells "chosen" with all of them whenever that changes. */
export class PeoplePicker extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    fieldStyles,
    skeletonStyles,
    noticeStyles,
    listStyles,
    pickerStyles,
  ];
  static override properties: PropertyDeclarations = {
    chosen: { attribute: false },
    without: { attribute: false },
    most: { attribute: false },
    total: { attribute: false },
    query: { state: true },
  };

  chosen: readonly MemberCard[] = [];
  /** Ids of those who are in the group already. */
  without: ReadonlySet<string> = new Set();
  /** How many may be chosen. */
  most = 999;
  /** How many a group holds, as it is said. */
  total = 1000;
  private query = "";
  private asked: string | null = null;
  /** The chip that had the focus is gone: the one that stands in its place gets it. */
  private focusAt: number | null = null;
  private shown: readonly MemberWithRelation[] = [];
  private readonly windowed: Windowed = new Windowed(this, {
    box: () => this.renderRoot?.querySelector("ul.people") ?? null,
    count: () => this.shown.length,
  });
  private readonly directory: Directory = new Directory(
    this,
    () => this.client,
    () => {
      // In the directory those stand too who can't be picked.
      const { from, to } = this.windowed.shown;
      return { from, to: to + this.directory.people.length - this.shown.length };
    },
  );

  protected override watches({ state, site, me }: Client) {
    return [state.connected, site, me];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const question = `${this.client.me?.id} ${this.query.trim()}`;
    if (question !== this.asked && this.client.me) {
      const query = { query: this.query.trim() || undefined };
      if (this.asked === null) void this.directory.load(query);
      else this.directory.loadSoon(query);
      this.asked = question;
      this.windowed.reset();
    }
    this.shown = this.directory.people.filter(
      ({ id, relation }) => relation.can_message && !this.without.has(id),
    );
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("chosen") as readonly MemberCard[] | undefined;
    if (before && this.focusAt !== null) {
      const all = this.renderRoot.querySelectorAll<HTMLElement>(".chip");
      (all[Math.min(this.focusAt, all.length - 1)] ?? this).focus();
      this.focusAt = null;
    }
    if ((before?.length ?? 0) >= this.chosen.length) return;
    const chips = this.renderRoot.querySelector(".chips");
    if (chips) chips.scrollTop = chips.scrollHeight;
  }

  override focus(): void {
    this.renderRoot.querySelector("input")?.focus();
  }

  override render() {
    const { i18n } = this.ctx;
    const label = i18n.t("groups.pick.search");
    return html`<div class="filter" role="search" aria-label=${label}>
        ${this.chips()}
        <label class="search">${icon("search")}<span class="quietly">${label}</span>
          <input class="input" type="search" autocomplete="off" placeholder=${label} .value=${this.query} @input=${this.onInput} @keydown=${this.onInputKey} /></label>
        <p class="count-line" role="status">${this.count()}</p>
      </div>
      <div class="scroll" aria-busy=${this.directory.state === "loading" ? "true" : "false"} @keydown=${this.onKey} @focusin=${this.windowed.onFocus}>${this.content()}</div>`;
  }

  private chips() {
    const { i18n } = this.ctx;
    if (this.chosen.length === 0) return nothing;
    return html`<ul class="chips scroll" role="list" aria-label=${i18n.t("groups.pick.chosen")}>${repeat(
      this.chosen,
      ({ id }) => id,
      (
        one,
        at,
      ) => html`<li><button type="button" class="chip" title=${i18n.t("groups.pick.remove", { name: one.name })}
        @click=${() => this.unchip(one, at)}>${face(this.ctx, one)}<span dir="auto">${one.name}</span>${icon("close")}</button></li>`,
    )}</ul>`;
  }

  private count(): string {
    const { i18n } = this.ctx;
    const most = i18n.number(this.total);
    const { length } = this.chosen;
    if (length >= this.most) return i18n.t("groups.pick.full", { most });
    if (length === 0) return i18n.t("groups.pick.none");
    const chosen = i18n.plural("groups.pick.count", length);
    // The end is not worth a word while it is far away.
    return length < this.most * 0.9
      ? chosen
      : `${chosen} · ${i18n.t("groups.pick.most", { most: i18n.number(this.most) })}`;
  }

  private content() {
    const { directory, shown } = this;
    const { i18n } = this.ctx;
    const failed = directory.state === "failed";
    if (shown.length === 0 && failed)
      return failure(directory.error, i18n, () => directory.retry());
    if (shown.length === 0)
      return directory.state === "done" && !directory.hasMore ? this.nobody() : skeletonRows(6);
    return html`<ul class="people" role="list" aria-label=${i18n.t("conversations.people")}>${this.windowed.draw(
      shown,
      ({ id }) => id,
      (one, index) => this.row(one, index),
    )}</ul>
    ${failed ? html`<button type="button" class="button plain small load-more" @click=${() => directory.retry()}>${i18n.t("screen.retry")}</button>` : nothing}`;
  }

  private row(one: MemberWithRelation, index: number) {
    const online = this.client.state.connected.has(one.id);
    const picked = this.has(one);
    const size = this.directory.hasMore ? -1 : this.shown.length;
    return html`<li aria-posinset=${index + 1} aria-setsize=${size}><button type="button" class="row person" part="row" role="checkbox" aria-checked=${picked ? "true" : "false"}
      data-index=${index} tabindex=${index === this.windowed.stop ? 0 : -1} ?disabled=${!picked && this.chosen.length >= this.most} @click=${() => this.toggle(one)}>
      ${face(this.ctx, one, online)}
      <span class="text">
        <span class="named"><span class="name" dir="auto">${one.name}</span>${badges(one)}</span>
        ${online ? html`<span class="quietly">, ${this.ctx.i18n.t("conversations.connected")}</span>` : nothing}
        ${one.headline ? html`<span class="preview" dir="auto">${one.headline}</span>` : nothing}
      </span>
      <span class="tick">${icon("check")}</span>
    </button></li>`;
  }

  private nobody() {
    const { i18n } = this.ctx;
    return notice({
      icon: this.query ? "search" : "people",
      title: i18n.t(this.query ? "members.empty.title" : "groups.pick.nobody"),
      text: i18n.t("groups.pick.nobody.text"),
    });
  }

  private has({ id }: MemberCard): boolean {
    return this.chosen.some((one) => one.id === id);
  }

  private toggle(member: MemberWithRelation): void {
    const { id, login, name, avatar_url, headline, badges: worn } = member;
    const card = { id, login, name, avatar_url, headline, badges: worn };
    const others = this.chosen.filter((one) => one.id !== id);
    if (others.length < this.chosen.length) return this.tell("chosen", others);
    if (others.length < this.most) this.tell("chosen", [...others, card]);
  }

  private unchip(member: MemberCard, at: number): void {
    this.focusAt = at;
    this.tell(
      "chosen",
      this.chosen.filter(({ id }) => id !== member.id),
    );
  }

  private onInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
  };

  private onInputKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && this.shown.length > 0) {
      event.preventDefault();
      void this.windowed.go(0);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const [only] = this.shown;
      // One that is left of what was typed is the one meant.
      const sure = only && this.shown.length === 1 && this.directory.state === "done";
      if (!this.query || !sure) return;
      this.toggle(only);
      this.query = "";
    } else if (event.key === "Backspace" && this.query === "") {
      if (this.chosen.length > 0) this.tell("chosen", this.chosen.slice(0, -1));
    } else if (event.key === "Escape" && this.query) {
      event.stopPropagation();
      event.preventDefault();
      this.query = "";
    }
  };

  private onKey = (event: KeyboardEvent): void => {
    if (this.windowed.key(event)) return;
    const { index } = (event.target as HTMLElement).dataset;
    if (event.key === "ArrowUp" && index === "0") this.focus();
  };
}

define("parvis-people-picker", PeoplePicker);
