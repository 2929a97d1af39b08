import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Client, Conversation } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import type { ParvisDialog } from "#ui/dialog/dialog.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import type { ParvisMenu } from "#ui/menu/menu.ts";
import { rove } from "#ui/roving/roving.ts";
import { skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { Clock } from "../clock.ts";
import type { DirectoryList } from "../members/directory-list.ts";
import { noticeStyles } from "../notice.ts";
import { type Doings, Part } from "../part.ts";
import { failure } from "../problems.ts";
import type { ListTemplate } from "../templates/list.ts";
import type { Action } from "./actions.ts";
import { emptyList } from "./empty.ts";
import { listStyles } from "./list.styles.ts";
import { fold, titleOf } from "./naming.ts";
import { conversationRow } from "./row.ts";
import { moreButton, searchField } from "./search.ts";
import type { Swipe } from "./swipe.ts";

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
    people: { attribute: false },
    asks: { attribute: false },
    query: { state: true },
    stop: { state: true },
    drawn: { state: true },
    swipe: { state: true },
    error: { state: true },
  };

  current: string | null = null;
  template!: ListTemplate;
  /** A search field, and the people under the conversations. */
  contacts = false;
  /** The list of people has been fetched. */
  people = false;
  /** Among them, asking to become contacts is offered. */
  asks = false;
  drawn: string | null = null;
  private query = "";
  private stop: string | null = null;
  private error: unknown = null;
  private known: Doings | null = null;
  private swipe: Swipe | null = null;
  /** The focus waits for something to go to. */
  private focusWhenLoaded = false;
  /** The row that had the focus is gone: the one that stands in its place gets it. */
  private focusAt: number | null = null;

  constructor() {
    super();
    new Clock(this);
  }

  draw(id: string | null): void {
    this.drawn = id;
  }

  protected override watches({ state, status, site, me }: Client) {
    return [
      state.conversations,
      state.loaded,
      state.connected,
      state.threads,
      state.nextConversations,
      state.blocks,
      status,
      site,
      me,
    ];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    // What somebody whom one has blocked says in a group stands in no preview.
    const { conversations } = this.client.state;
    if (conversations.some(({ kind }) => kind === "group")) this.client.contacts.knowBlocks();
  }

  /** Where there is no pointer, rows are drawn aside: that must be there before the finger is. */
  protected override firstUpdated(): void {
    if (matchMedia("(hover: none)").matches) void this.fetchDoings();
  }

  private async fetchDoings(): Promise<void> {
    this.known ??= await this.doings();
    if (this.known) this.swipe ??= new this.known.Swipe(this);
  }

  protected override updated(): void {
    if (this.focusWhenLoaded && this.client.state.loaded) this.focus();
    if (this.focusAt === null) return;
    const rows = this.stops();
    (rows[this.focusAt] ?? rows.at(-1))?.focus();
    this.focusAt = null;
  }

  override focus(): void {
    this.focusWhenLoaded = !this.client.state.loaded;
    (
      this.stops().find((one) => one.tabIndex === 0) ??
      this.renderRoot.querySelector<HTMLElement>("input,button")
    )?.focus();
  }

  override render() {
    const { swipe } = this;
    return html`${this.contacts ? searchField(this.ctx, this.query, this.onSearch, this.onSearchKey) : nothing}
      <div class="scroll ${swipe ? "draws" : ""}" @pointerdown=${swipe?.down} @pointermove=${swipe?.move} @pointerup=${swipe?.up}
        @pointercancel=${swipe?.cancel} @click=${swipe?.click} @keydown=${this.onKey} @scroll=${this.onScroll} @focusin=${this.onFocus}>
        ${this.content()}
      </div>
      <parvis-menu exportparts="menu"></parvis-menu><parvis-dialog exportparts="dialog"></parvis-dialog>`;
  }

  private content() {
    const { state, site } = this.client;
    if (this.error && !state.loaded) return failure(this.error, this.ctx.i18n, this.reload);
    if (!state.loaded)
      return html`<p class="quietly" role="status">${this.ctx.i18n.t("screen.loading")}</p>${skeletonRows(6)}`;
    const shown = this.found();
    const people = this.contacts && site?.features.member_chat;
    if (shown.length === 0 && !people) return this.nothing();
    return html`${shown.length ? this.conversations(shown) : nothing} ${people ? this.everyone(shown) : nothing}`;
  }

  private conversations(shown: readonly Conversation[]) {
    const look = this.template;
    const now = Date.now();
    const stop = shown.some(({ id }) => id === this.stop) ? this.stop : shown[0]?.id;
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
              acts: one.id === this.drawn ? this.actions(one).filter(({ brief }) => brief) : null,
              act: this.act,
            }),
        )}
      </ul>
      ${this.client.state.nextConversations && !this.query ? moreButton(this.ctx, this.loadMore) : nothing}`;
  }

  private everyone(above: readonly Conversation[]) {
    const without = new Set(above.map((one) => one.peer?.id));
    if (!this.people) return above.length ? nothing : skeletonRows(6);
    return html`<h3>${this.ctx.i18n.t("conversations.people")}</h3>
      <parvis-directory exportparts="row, menu, avatar, presence" .ctx=${this.ctx} .query=${this.query} .without=${without} .asks=${this.asks}
        .empty=${above.length ? nothing : this.nothing()} @before=${() => this.stops().at(-1)?.focus()} @person=${this.pass} @profile=${this.pass} @go=${this.pass}></parvis-directory>`;
  }

  private nothing() {
    return emptyList(this.ctx, this.query, (name, detail) => this.tell(name, detail));
  }

  private found(): readonly Conversation[] {
    // One that was deleted stays known while it is open.
    const all = this.client.state.conversations.filter(
      (one) => one.listed || one.id === this.current,
    );
    const wanted = fold(this.query.trim());
    return wanted ? all.filter((one) => fold(titleOf(one, this.ctx)).includes(wanted)) : all;
  }

  private actions(one: Conversation): Action[] {
    const dialog = this.renderRoot.querySelector<ParvisDialog>("parvis-dialog");
    if (!this.known) return [];
    return this.known.actionsFor(
      {
        ctx: this.ctx,
        ask: async (question) => dialog?.ask(question) ?? false,
        tell: (name, detail) => this.tell(name, detail),
      },
      one,
      this.template.dots,
    );
  }

  private act = (action: Action): void => {
    this.swipe?.close();
    action.run();
  };

  private async showMenu(anchor: HTMLElement, one: Conversation): Promise<void> {
    await this.fetchDoings();
    const label = this.ctx.i18n.t("conversations.actions", { name: titleOf(one, this.ctx) });
    await this.renderRoot
      .querySelector<ParvisMenu>("parvis-menu")
      ?.show(anchor, label, this.actions(one));
  }

  private stops(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".row")];
  }

  private onFocus = (event: Event): void => {
    const row = (event.target as Element).closest<HTMLElement>(".row");
    if (row?.dataset.id) this.stop = row.dataset.id;
  };

  private onKey = (event: KeyboardEvent): void => {
    const row = event.target as HTMLElement;
    const rows = this.stops();
    if (event.key === "ArrowDown" && row === rows.at(-1) && this.directory?.focusFirst())
      return event.preventDefault();
    if (event.key === "Escape" && this.drawn) {
      event.stopPropagation();
      this.swipe?.close();
    }
    if (rove(event, rows)) return;
    const one = this.client.state.conversations.find(({ id }) => id === row.dataset.id);
    if (!one) return;
    if (event.key === "Delete") void this.takeOut(one, rows.indexOf(row));
    if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return;
    event.preventDefault();
    this.showMenu(row, one);
  };

  private async takeOut(one: Conversation, at: number): Promise<void> {
    await this.fetchDoings();
    await this.actions(one)
      .find(({ icon }) => icon === "trash")
      ?.run();
    this.focusAt = at;
    this.requestUpdate();
  }

  private get directory(): DirectoryList | null {
    return this.renderRoot.querySelector<DirectoryList>("parvis-directory");
  }

  private onSearch = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.stop = null;
  };

  private onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") {
      const first = this.stops()[0];
      if (first) first.focus();
      else this.directory?.focusFirst();
    }
    if (event.key !== "Escape" || !this.query) return;
    event.stopPropagation();
    this.query = "";
  };

  private onScroll = (event: Event): void => {
    const box = event.currentTarget as HTMLElement;
    this.swipe?.close();
    const list = box.querySelector("ul");
    const end = (list?.offsetTop ?? 0) + (list?.offsetHeight ?? 0);
    const near = end - box.scrollTop - box.clientHeight < 300;
    if (near && this.client.state.nextConversations && !this.query) void this.loadMore();
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

define("parvis-conversation-list", ConversationList);
