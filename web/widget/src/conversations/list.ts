import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Client, Conversation, MemberWithRelation } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import "#ui/dialog/dialog.ts";
import type { ParvisDialog } from "#ui/dialog/dialog.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import "#ui/menu/menu.ts";
import type { ParvisMenu } from "#ui/menu/menu.ts";
import { rove } from "#ui/roving/roving.ts";
import { skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { Clock } from "../clock.ts";
import { Directory } from "../members/directory.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { failure } from "../problems.ts";
import { askToDelete, menuFor } from "./actions.ts";
import { listStyles } from "./list.styles.ts";
import { titleOf } from "./naming.ts";
import { conversationRow, lookOf, personRow } from "./row.ts";
import { Swipe } from "./swipe.ts";

/** Tells "go" with a screen when something is chosen. */
export class ConversationList extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    badgeStyles,
    fieldStyles,
    skeletonStyles,
    noticeStyles,
    listStyles,
  ];
  static override properties: PropertyDeclarations = {
    current: { attribute: false },
    template: { attribute: false },
    contacts: { type: Boolean },
    query: { state: true },
    stop: { state: true },
    error: { state: true },
  };

  current: string | null = null;
  template = 2;
  /** A search field, and the contacts under the conversations. */
  contacts = false;
  private query = "";
  private stop: string | null = null;
  private error: unknown = null;
  private readonly directory = new Directory(this, () => this.client);
  private readonly swipe = new Swipe((row) => this.onSwiped(row));
  private asked = false;
  /** The focus waits for something to go to. */
  private focusWhenLoaded = false;

  constructor() {
    super();
    new Clock(this);
  }

  protected override watches({ state, status, site, me }: Client) {
    return [
      state.conversations,
      state.loaded,
      state.connected,
      state.threads,
      state.nextConversations,
      status,
      site,
      me,
    ];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const ready = this.client.me !== null && this.client.site?.features.member_chat;
    if (this.contacts && ready && !this.asked) {
      this.asked = true;
      void this.directory.load({});
    }
  }

  protected override updated(): void {
    if (this.focusWhenLoaded && this.client.state.loaded) this.focus();
  }

  override focus(): void {
    this.focusWhenLoaded = !this.client.state.loaded;
    (
      this.stops().find((one) => one.tabIndex === 0) ??
      this.renderRoot.querySelector<HTMLElement>("input,button")
    )?.focus();
  }

  override render() {
    return html`${this.contacts ? this.searchField() : nothing}
      <div class="scroll" @pointerdown=${this.swipe.down} @pointermove=${this.swipe.move} @pointerup=${this.swipe.up}
        @pointercancel=${this.swipe.cancel} @click=${this.swipe.click} @keydown=${this.onKey} @scroll=${this.onScroll} @focusin=${this.onFocus}>
        ${this.content()}
      </div>
      <parvis-menu exportparts="menu"></parvis-menu><parvis-dialog exportparts="dialog"></parvis-dialog>`;
  }

  private searchField() {
    const { i18n } = this.ctx;
    const label = i18n.t("conversations.search.people");
    return html`<div class="filter" role="search" aria-label=${label}>
      <label class="search">${icon("search")}<span class="quietly">${label}</span>
        <input class="input" type="search" autocomplete="off" placeholder=${i18n.t("conversations.search")}
          .value=${this.query} @input=${this.onSearch} @keydown=${this.onSearchKey} />
      </label>
    </div>`;
  }

  private content() {
    const { state } = this.client;
    if (this.error && !state.loaded) return failure(this.error, this.ctx.i18n, this.reload);
    if (!state.loaded)
      return html`<p class="quietly" role="status">${this.ctx.i18n.t("screen.loading")}</p>${skeletonRows(6)}`;
    const shown = this.found();
    const people = this.people();
    if (shown.length + people.length === 0) return this.nothing();
    const stop = this.stop ?? shown[0]?.id ?? people[0]?.id;
    return html`${this.conversations(shown, stop)}
      ${people.length ? this.personList(people, stop) : nothing}`;
  }

  private conversations(shown: readonly Conversation[], stop: string | undefined) {
    if (shown.length === 0) return nothing;
    const look = lookOf(this.template);
    const now = Date.now();
    return html`<ul role="list" part="list" aria-label=${this.ctx.i18n.t("conversations.title")}>
        ${repeat(
          shown,
          ({ id }) => id,
          (one) =>
            conversationRow(this.ctx, one, {
              look,
              now,
              current: one.id === this.current,
              tabbable: one.id === stop,
              open: () => this.tell("go", { name: "conversation", id: one.id }),
              menu: (anchor) => this.showMenu(anchor, one),
            }),
        )}
      </ul>
      ${this.client.state.nextConversations && !this.query ? this.moreButton(() => this.loadMore()) : nothing}`;
  }

  private personList(people: readonly MemberWithRelation[], stop: string | undefined) {
    const { i18n } = this.ctx;
    return html`<h3 id="people">${i18n.t(this.query ? "conversations.people" : "conversations.contacts")}</h3>
      <ul role="list" aria-labelledby="people">
        ${repeat(
          people,
          ({ id }) => id,
          (one) => personRow(this.ctx, one, one.id === stop, () => this.tell("person", one)),
        )}
      </ul>
      ${this.directory.hasMore ? this.moreButton(() => this.directory.more()) : nothing}`;
  }

  private moreButton(load: () => Promise<void>) {
    return html`<button type="button" class="button plain small load-more" @click=${load}>${this.ctx.i18n.t("conversations.more")}</button>`;
  }

  private nothing() {
    const { i18n } = this.ctx;
    if (this.query)
      return this.directory.state === "done"
        ? notice({ icon: "search", title: i18n.t("conversations.none", { query: this.query }) })
        : skeletonRows(2);
    const canCompose = this.client.site?.features.member_chat;
    return notice({
      icon: "chat",
      title: i18n.t("conversations.empty.title"),
      text: i18n.t("conversations.empty.text"),
      action: canCompose
        ? html`<button type="button" class="button" @click=${() => this.tell("go", { name: "people" })}>
            ${i18n.t("conversations.compose")}</button>`
        : this.organizerButton(),
    });
  }

  private organizerButton() {
    if (!this.client.site?.features.contact_organizer) return nothing;
    return html`<button type="button" class="button" @click=${() => this.tell("organizer")}>${this.ctx.i18n.t("organizer.button")}</button>`;
  }

  private found(): readonly Conversation[] {
    // One that was deleted stays known while it is open.
    const all = this.client.state.conversations.filter(
      (one) => one.listed || one.id === this.current,
    );
    const wanted = fold(this.query.trim());
    return wanted ? all.filter((one) => fold(titleOf(one, this.ctx)).includes(wanted)) : all;
  }

  /** Those with whom there is a conversation stand above already. */
  private people(): readonly MemberWithRelation[] {
    if (!this.contacts) return [];
    const known = new Set(this.client.state.conversations.map((one) => one.peer?.id));
    return this.directory.people.filter((one) => one.relation.can_message && !known.has(one.id));
  }

  private showMenu(anchor: HTMLElement, one: Conversation): void {
    const items = menuFor(this.ctx, one, lookOf(this.template).dots, () => void this.takeOut(one));
    const label = this.ctx.i18n.t("conversations.actions", { name: titleOf(one, this.ctx) });
    void this.renderRoot.querySelector<ParvisMenu>("parvis-menu")?.show(anchor, label, items);
  }

  private onSwiped(row: HTMLElement): void {
    const one = this.client.state.conversations.find(({ id }) => id === row.dataset.id);
    if (one) this.showMenu(row, one);
  }

  private async takeOut(one: Conversation): Promise<void> {
    const dialog = this.renderRoot.querySelector<ParvisDialog>("parvis-dialog");
    if (!dialog || !(await askToDelete(dialog, this.ctx, one))) return;
    this.stop = null;
    this.tell("removed", one.id);
  }

  private stops(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".row")];
  }

  private onFocus = (event: Event): void => {
    const row = (event.target as Element).closest<HTMLElement>(".row");
    if (row?.dataset.id) this.stop = row.dataset.id;
  };

  private onKey = (event: KeyboardEvent): void => {
    if (rove(event, this.stops())) return;
    const row = event.target as HTMLElement;
    const one = this.client.state.conversations.find(({ id }) => id === row.dataset.id);
    if (one && event.key === "Delete") void this.takeOut(one);
  };

  private onSearch = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.stop = null;
    if (this.client.site?.features.member_chat)
      this.directory.loadSoon({ query: this.query.trim() || undefined });
  };

  private onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") this.stops()[0]?.focus();
    if (event.key === "Escape" && this.query) {
      event.stopPropagation();
      this.query = "";
      void this.directory.load({});
    }
  };

  private onScroll = (event: Event): void => {
    const box = event.currentTarget as HTMLElement;
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < 300;
    if (near && this.client.state.nextConversations && !this.query) void this.loadMore();
    else if (near) void this.directory.more();
  };

  private loadMore = async (): Promise<void> => {
    await this.client.loadMoreConversations().catch((error) => this.tell("failed", error));
  };

  private reload = async (): Promise<void> => {
    this.error = null;
    await this.client.loadConversations().catch((error) => {
      this.error = error;
    });
  };
}

/** Without accents and case, as people search. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

define("parvis-conversation-list", ConversationList);
