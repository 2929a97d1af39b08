import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Client, Conversation, Message, Thread } from "#client";
import { define } from "#ui/define.ts";
import type { MenuItem, ParvisMenu } from "#ui/menu/menu.ts";
import { rove } from "#ui/roving/roving.ts";
import { skeletonBubbles } from "#ui/skeleton/skeleton.ts";
import { isMine, titleOf } from "../conversations/naming.ts";
import { type Doings, Part } from "../part.ts";
import { failure } from "../problems.ts";
import { typists } from "./bubble.ts";
import { arrived, beginning, drawRow, latest, since } from "./drawing.ts";
import { newFurtherUp, type Row, rows } from "./grouping.ts";
import { logSheets } from "./log.sheets.ts";
import type { Look } from "./look.ts";
import { Pages } from "./pages.ts";
import { ScrollKeeper } from "./scroll.ts";

const NEAR_TOP = 500;

/** The messages of one conversation. Tells "edit", "withdraw" and "readers" with a message. */
export class MessageLog extends Part {
  static override styles = logSheets;
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    pictures: { attribute: false },
    stop: { state: true },
    heard: { state: true },
  };

  conversation!: Conversation;
  pictures = true;
  protected look: Look | undefined;
  private stop: string | null = null;
  private heard = "";
  private readonly keeper = new ScrollKeeper(
    this,
    () => this.box,
    () => this.onScroll(),
  );
  private readonly pages = new Pages(this, () => this.client);
  private shownId = "";
  private unreadAfter: number | null = null;
  private placed = false;
  private pendingCount = 0;
  private announced = 0;
  private leftAt = 0;
  private going = false;
  private unfolded: ReadonlySet<string> = new Set();

  protected override watches({ state, me, status }: Client): readonly unknown[] {
    return [state.threads.get(this.conversation.id), state.blocks, me, status];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.looked);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.looked);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.conversation.id !== this.shownId) this.begin();
    // What arrives while nobody looks gets the line too.
    else if (this.unseen && this.conversation.unread > 0 && this.unreadAfter === null)
      this.unreadAfter = this.conversation.read_seq ?? null;
    const pending = this.thread?.pending.length ?? 0;
    if (pending > this.pendingCount) this.keeper.atEnd = true;
    this.pendingCount = pending;
    this.announce();
  }

  protected override updated(): void {
    const { thread } = this;
    if (!thread?.loaded) return void this.pages.load();
    if (!this.placed) this.place();
    if (thread.hasOlder && this.box && this.box.scrollHeight <= this.box.clientHeight)
      void this.pages.older();
    this.markRead();
  }

  override render() {
    const { i18n } = this.ctx;
    const name = titleOf(this.conversation, this.ctx);
    // What stands for messages goes when they come: nothing that one reads moves.
    const waits = !(this.thread?.loaded || this.thread?.pending.length || this.pages.error);
    return html`<div class="scroll" role="log" aria-live="off" tabindex="0" aria-label=${i18n.t("messages.log", { name })} @keydown=${this.onKey} @focusin=${this.onFocus}>
        ${waits ? skeletonBubbles() : html`<div class="inner ${this.pictures ? "pictured" : ""}">${this.content(name)}</div>`}
      </div>
      ${this.sinceButton()}${this.latestButton()}
      <p class="quietly" role="status">${this.heard}</p>
      <parvis-menu exportparts="menu"></parvis-menu>`;
  }

  private content(name: string) {
    const { thread } = this;
    const { i18n } = this.ctx;
    const { error, loading, again } = this.pages;
    if (error && !thread?.loaded) return failure(error, i18n, again);
    if (!thread) return nothing;
    const behind = this.behind();
    const { messages, pending, typing } = thread;
    if (messages.length + pending.length + typing.length === 0 && behind === nothing)
      return this.empty(name);
    const list = rows({
      messages,
      pending,
      me: this.client.me?.id ?? "",
      unreadAfter: this.unreadAfter,
      hasOlder: thread.hasOlder,
      dayKey: (iso) => i18n.dates.dayKey(iso),
    });
    return html`${thread.hasOlder ? html`<p class="older">${loading ? i18n.t("screen.loading") : nothing}</p>` : nothing}
      ${repeat(list, ({ key }) => key, this.row(list))}${behind}${typists(this.ctx, typing, this.conversation.kind === "direct")}`;
  }

  /** What stands behind the last message. */
  protected behind(): unknown {
    return nothing;
  }

  protected empty(name: string): unknown {
    return beginning(this.ctx, this.conversation, name);
  }

  private row(list: readonly Row[]) {
    return drawRow(this.ctx, list, {
      conversation: this.conversation,
      pictures: this.pictures,
      stop: this.stop,
      unfolded: this.unfolded,
      thread: this.thread,
      unfold: this.unfold,
      menu: this.showMenu,
      look: this.look,
    });
  }

  private sinceButton() {
    const { thread, unreadAfter } = this;
    if (!thread?.loaded || !newFurtherUp({ ...thread, unreadAfter })) return nothing;
    return since(this.ctx, this.going, this.toUnread);
  }

  private latestButton() {
    if (this.keeper.atEnd || !this.placed) return nothing;
    const fresh = this.thread?.messages.filter(
      (one) => one.seq > this.leftAt && !this.mine(one),
    ).length;
    return latest(this.ctx, fresh ?? 0, this.toLatest);
  }

  private get box(): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>(".scroll") ?? null;
  }

  protected get thread(): Thread | undefined {
    return this.client.state.threads.get(this.conversation.id);
  }

  private get lastSeq(): number {
    return this.thread?.messages.at(-1)?.seq ?? 0;
  }

  protected mine(message: Message): boolean {
    return isMine(message, this.client.me?.id);
  }

  private begin(): void {
    const { id } = this.conversation;
    this.shownId = id;
    this.pages.begin(id);
    this.unfolded = new Set();
    if (this.conversation.kind === "group") this.client.contacts.knowBlocks();
    this.unreadAfter = this.readBefore();
    this.placed = false;
    this.announced = 0;
    this.stop = null;
    this.heard = "";
    this.keeper.atEnd = true;
  }

  /** Up to where one had read, when something came after it. */
  protected readBefore(): number | null {
    const { unread, read_seq } = this.conversation;
    return unread > 0 ? (read_seq ?? null) : null;
  }

  /** The first look: at what is new, else at the end. */
  private place(): void {
    this.placed = true;
    // A mark made by hand goes when one looks again.
    const { id, marked_unread, last_seq } = this.conversation;
    if (marked_unread && !this.unseen) this.client.markRead(id, last_seq);
    const line = this.renderRoot.querySelector(".unread");
    if (line) this.keeper.toElement(line);
    else this.keeper.toEnd();
    if (!this.keeper.atEnd) {
      this.leftAt = this.lastSeq;
      this.requestUpdate();
    }
  }

  /** Each message of somebody else is said once, when it arrives. */
  private announce(): void {
    const { thread } = this;
    if (!thread?.loaded) return;
    const last = thread.messages.at(-1);
    if (last && this.announced && last.seq > this.announced && !this.mine(last) && !last.removed)
      this.heard = this.said(last);
    this.announced = Math.max(this.announced, last?.seq ?? 1);
  }

  protected said(message: Message): string {
    return arrived(this.ctx, message, this.conversation);
  }

  private markRead(): void {
    if (!this.unseen && this.keeper.atEnd && this.conversation.unread > 0 && this.lastSeq)
      this.client.markRead(this.conversation.id, this.lastSeq);
  }

  private onScroll(): void {
    if (this.keeper.atEnd) {
      this.markRead();
      this.leftAt = this.lastSeq;
    }
    if (this.placed && (this.box?.scrollTop ?? NEAR_TOP) < NEAR_TOP) void this.pages.older();
  }

  protected get unseen(): boolean {
    return document.hidden;
  }

  /** One looks at it again. */
  protected looked = (): void => this.markRead();

  private onKey = (event: KeyboardEvent): void => {
    if (rove(event, [...this.renderRoot.querySelectorAll<HTMLElement>("article")])) return;
    const { id } = (event.target as HTMLElement).dataset;
    const message = this.thread?.messages.find((one) => one.id === id);
    if (!message || event.key !== "Enter") return;
    event.preventDefault();
    this.showMenu(event.target as HTMLElement, message);
  };

  private onFocus = (event: Event): void => {
    const item = (event.target as Element).closest<HTMLElement>("article");
    if (item?.dataset.key) this.stop = item.dataset.key;
  };

  private unfold = (key: string): void => {
    this.unfolded = new Set([...this.unfolded, key]);
    this.requestUpdate();
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus(),
    );
  };

  private toLatest = (): void => {
    this.keeper.toEnd("smooth");
    this.requestUpdate();
  };

  private toUnread = async (): Promise<void> => {
    this.going = true;
    this.keeper.atEnd = false;
    await this.pages.back(() => !this.renderRoot.querySelector(".since"));
    this.going = false;
    const there = this.renderRoot.querySelector(".unread, .inner > [data-key]");
    if (there) this.keeper.toElement(there);
    this.requestUpdate();
  };

  private showMenu = async (anchor: HTMLElement, message: Message): Promise<void> => {
    const known = await this.doings();
    if (!known) return;
    await this.renderRoot
      .querySelector<ParvisMenu>("parvis-menu")
      ?.show(anchor, this.ctx.i18n.t("messages.actions"), this.actions(known, message));
  };

  protected actions({ messageMenu }: Doings, message: Message): MenuItem[] {
    const { can_write, kind, participants } = this.conversation;
    return messageMenu(
      this.ctx,
      message,
      this.mine(message),
      can_write,
      (what) => this.tell(what, message),
      kind === "group" && participants > 1,
    );
  }
}

define("parvis-message-log", MessageLog);
