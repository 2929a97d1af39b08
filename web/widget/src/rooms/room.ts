import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Author, Client, Conversation, Message, Present } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import "#ui/dialog/dialog.ts";
import type { ParvisDialog } from "#ui/dialog/dialog.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import { base } from "#ui/theme/tokens.ts";
import { barStyles, roundButton } from "../bar.ts";
import { deskStyles } from "../desk.styles.ts";
import { noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { sentenceFor } from "../problems.ts";
import { RoomActs } from "./acts.ts";
import { isAside } from "./address.ts";
import "./composer.ts";
import type { RoomComposer } from "./composer.ts";
import "./form.ts";
import type { ParvisForm } from "./form.ts";
import "./here.ts";
import { shieldIcon } from "./icons.ts";
import "./log.ts";
import { isMine } from "../conversations/naming.ts";
import { roomStyles } from "./room.styles.ts";
import { othersIn, type RoomContext } from "./scene.ts";
import "./switcher.ts";
import { bannedFrom, offline } from "./why.ts";

type Side = "here" | "moderation" | null;

/** One room: what is said, who is there, where one writes. Tells "done", "failed", "conversation" (an id). */
export class RoomView extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    badgeStyles,
    barStyles,
    noticeStyles,
    deskStyles,
    roomStyles,
  ];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    compact: { type: Boolean, reflect: true },
    wide: { attribute: false },
    sided: { type: Boolean, reflect: true },
    side: { state: true },
    editing: { state: true },
    error: { state: true },
  };

  declare ctx: RoomContext;
  conversation!: Conversation;
  compact = false;
  /** There is room for a column beside what is said. */
  wide = false;
  sided = false;
  private side: Side = null;
  private editing: Message | null = null;
  private error: string | null = null;
  private entered = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected override watches({ state, status, me }: Client): readonly unknown[] {
    return [state, status, me];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.enter("");
    clearTimeout(this.timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("wide")) this.side = this.wide && remembered() ? "here" : null;
    this.sided = this.wide && this.side !== null;
    if (this.conversation.id !== this.entered) {
      this.enter(this.conversation.id);
      this.editing = null;
      this.error = null;
      if (!this.wide) this.side = null;
    }
    if (this.side === "moderation" && !this.conversation.room?.moderator) this.side = null;
    this.wake();
  }

  override focus(): void {
    this.composer?.focus();
  }

  override render() {
    const { ctx, conversation, side } = this;
    const sanction = conversation.room?.sanction;
    const banned = sanction?.kind === "ban" ? sanction : null;
    const covered = side !== null && !this.sided;
    return html`<div class="talk" ?inert=${covered}>
        ${this.bar(banned !== null)} ${offline(ctx)}
        ${banned ? bannedFrom(ctx, banned) : this.talk()}
      </div>
      ${side && !banned ? this.beside(side) : nothing}
      <parvis-dialog exportparts="dialog"></parvis-dialog><parvis-form exportparts="dialog"></parvis-form>`;
  }

  private bar(banned: boolean) {
    const { ctx, conversation, side } = this;
    const { i18n } = ctx;
    const life = ctx.client.state.rooms.get(conversation.id);
    const count = life?.count ?? 0;
    const label = i18n.plural("rooms.here.show", count);
    return html`<div class="bar lined" part="header">
      <parvis-room-switcher ?compact=${this.compact} .ctx=${ctx} .current=${conversation} @room=${this.pass}></parvis-room-switcher>
      ${conversation.room?.moderator ? this.shield(life?.open ?? 0) : nothing}
      ${
        banned
          ? nothing
          : html`<button type="button" class="crowd" aria-label=${label} title=${label} aria-expanded=${side === "here" ? "true" : "false"}
            @click=${() => this.toggle("here")}>${icon("people")}<span aria-hidden="true">${i18n.number(count)}</span></button>`
      }
    </div>`;
  }

  private shield(open: number) {
    const { i18n } = this.ctx;
    const label = open ? i18n.plural("rooms.moderation.open", open) : i18n.t("rooms.moderation");
    return html`<span class="badged"><button type="button" class="round" aria-label=${label} title=${label}
        aria-expanded=${this.side === "moderation" ? "true" : "false"} @click=${() => this.toggle("moderation")}>${shieldIcon}</button>
      ${open ? html`<span class="count" part="badge" aria-hidden="true">${i18n.number(open)}</span>` : nothing}</span>`;
  }

  private talk() {
    const { ctx, conversation } = this;
    return html`<parvis-room-log exportparts="bubble, avatar, presence, menu" .ctx=${ctx} .conversation=${conversation} .pictures=${!this.compact} ?compact=${this.compact}
        @edit=${this.onEdit} @withdraw=${this.acts.withdraw} @reply=${this.onReply} @group=${this.acts.group} @whisper=${this.onWhisper}
        @report=${this.acts.report} @expel=${this.acts.expel} @mute=${this.acts.penalty} @ban=${this.acts.penalty}></parvis-room-log>
      <parvis-room-composer exportparts="composer, send" .ctx=${ctx} .conversation=${conversation} .editing=${this.editing} .error=${this.error} ?compact=${this.compact}
        @send=${this.onSend} @save=${this.onSave} @cancel=${this.onCancel} @edit-last=${this.onEditLast}></parvis-room-composer>`;
  }

  private beside(side: "here" | "moderation") {
    const { ctx, conversation } = this;
    const { i18n } = ctx;
    const close = roundButton("close", i18n.t("screen.close"), () => this.toggle(side));
    const count = ctx.client.state.rooms.get(conversation.id)?.count ?? 0;
    const here = side === "here";
    return html`<aside class="side" part="side" aria-label=${i18n.t(here ? "rooms.here" : "rooms.moderation")} @keydown=${this.onSideKey}>
      <div class="bar lined"><h2 tabindex="-1">${here ? i18n.plural("rooms.here.count", count) : i18n.t("rooms.moderation")}</h2>${close}</div>
      ${
        here
          ? html`<parvis-room-here exportparts="row, avatar, menu" .ctx=${ctx} .conversation=${conversation}
            @whisper=${this.onWhisper} @report-member=${this.acts.report} @mute-member=${this.acts.penalty} @ban-member=${this.acts.penalty}></parvis-room-here>`
          : html`<parvis-moderation .ctx=${ctx} .conversation=${conversation} .form=${this.form}
            @done=${this.pass} @failed=${this.pass} @expel=${this.acts.expel} @mute=${this.acts.penalty} @ban=${this.acts.penalty}></parvis-moderation>`
      }
    </aside>`;
  }

  private readonly acts: RoomActs = new RoomActs({
    ctx: () => this.ctx,
    room: () => this.conversation.id,
    ask: async (question) =>
      (await this.renderRoot.querySelector<ParvisDialog>("parvis-dialog")?.ask(question)) ?? false,
    fill: async (form) => (await this.form?.ask(form)) ?? false,
    tell: (name, detail) => this.tell(name, detail),
  });

  private get composer(): RoomComposer | null {
    return this.renderRoot.querySelector<RoomComposer>("parvis-room-composer");
  }

  private get form(): ParvisForm | null {
    return this.renderRoot.querySelector<ParvisForm>("parvis-form");
  }

  private enter(room: string): void {
    const { client } = this.ctx;
    if (this.entered) client.leave(this.entered);
    if (room && this.isConnected) client.enter(room);
    this.entered = this.isConnected ? room : "";
  }

  /** What ends by itself (a ban, a mute, closing hours) is looked at again when it does. */
  private wake(): void {
    const { room } = this.conversation;
    const next = room?.sanction?.until ?? (room?.open === false ? room.opens_at : null);
    clearTimeout(this.timer);
    const wait = next ? Date.parse(next) - Date.now() + 1_000 : 0;
    if (wait > 0 && wait < 2_000_000_000)
      this.timer = setTimeout(() => void this.ctx.client.load().catch(() => {}), wait);
  }

  private async toggle(side: "here" | "moderation"): Promise<void> {
    const opens = this.side !== side;
    if (opens && side === "moderation" && !(await this.acts.fetchModeration())) return;
    this.side = opens ? side : null;
    if (this.wide && side === "here") remember(opens);
    if (!this.wide || side === "moderation")
      void this.updateComplete.then(() => this.refocus(side));
  }

  private refocus(side: "here" | "moderation"): void {
    const target = this.side
      ? this.renderRoot.querySelector<HTMLElement>(".side h2")
      : this.renderRoot.querySelector<HTMLElement>(side === "here" ? ".crowd" : ".badged button");
    target?.focus();
  }

  private onSideKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !this.side || this.sided) return;
    event.stopPropagation();
    void this.toggle(this.side);
  };

  private onSend = (event: CustomEvent<string>): void => {
    this.ctx.client.send(this.conversation.id, event.detail, null, isAside(event.detail));
  };

  private onSave = async ({ detail }: CustomEvent<string>): Promise<void> => {
    const { editing } = this;
    if (!editing) return;
    this.error = null;
    try {
      if (detail !== editing.body)
        await this.ctx.client.edit(this.conversation.id, editing.id, detail);
      this.onCancel();
    } catch (error) {
      this.error = sentenceFor(error, this.ctx.i18n);
    }
  };

  private onCancel = (): void => {
    this.editing = null;
    this.error = null;
    this.composer?.focus();
  };

  private onEdit = (event: CustomEvent<Message>): void => {
    this.editing = event.detail;
  };

  private onEditLast = (): void => {
    const { client } = this.ctx;
    const messages = client.state.threads.get(this.conversation.id)?.messages ?? [];
    this.editing = messages.findLast((one) => isMine(one, client.me?.id) && !one.removed) ?? null;
  };

  private onWhisper = ({ detail }: CustomEvent<Present | Author>): void => {
    if (!this.sided) this.side = null;
    this.editing = null;
    void this.updateComplete.then(() => this.composer?.whisper([detail as Present]));
  };

  private onReply = ({ detail }: CustomEvent<Message>): void => {
    const others = othersIn(detail, this.ctx.client.me?.id) as Present[];
    this.editing = null;
    void this.updateComplete.then(() => this.composer?.whisper(others));
  };
}

const KEY = "parvis:rooms:side";

/** Whether one wants to see who is there, beside what is said. */
function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) !== "closed";
  } catch {
    return true;
  }
}

function remember(open: boolean): void {
  try {
    if (open) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "closed");
  } catch {
    // For this page alone.
  }
}

define("parvis-room", RoomView);
