import { html, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Client, Conversation, Message, Rooms } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import { skeletonBubbles, skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base, tokens } from "#ui/theme/tokens.ts";
import "#ui/toast/toast.ts";
import type { ParvisToast } from "#ui/toast/toast.ts";
import type { Context } from "../context.ts";
import type { Done } from "../conversations/actions.ts";
import { ParvisElement } from "../element.ts";
import { openTarget } from "../navigation.ts";
import { notice, noticeStyles } from "../notice.ts";
import { fetchPiece } from "../pieces.ts";
import { sentenceFor } from "../problems.ts";
import { chatboxStyles } from "./chatbox.styles.ts";
import "./room.ts";
import type { RoomView } from "./room.ts";
import { byName, type RoomContext, roomContext } from "./scene.ts";

/** From this width on, those who are there stand beside what is said. */
const WIDE = 640;

/** `<parvis-chatbox>`: the public talk of a site, with those connected, and whispers. */
export class Chatbox extends ParvisElement {
  static override styles = [
    tokens,
    base,
    iconStyles,
    buttonStyles,
    skeletonStyles,
    noticeStyles,
    chatboxStyles,
  ];
  static override properties: PropertyDeclarations = {
    room: { reflect: true },
    compact: { type: Boolean, reflect: true },
    rooms: { state: true },
    chosen: { state: true },
    wide: { state: true },
    signIn: { state: true },
  };

  /** The slug or id of the room that one finds oneself in; without it the first. */
  room: string | null = null;
  compact = false;
  private rooms: Rooms | null = null;
  private chosen: string | null = null;
  private wide = false;
  private signIn = false;
  #of: Client | null = null;
  #ctx: [Context, Rooms, RoomContext] | null = null;
  readonly #sizes = new ResizeObserver(([entry]) => {
    this.wide = (entry?.contentRect.width ?? 0) >= WIDE;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.wide = this.clientWidth >= WIDE;
    this.#sizes.observe(this);
    this.#listen(this.rooms);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.#unlisten(this.rooms);
  }

  override focus(): void {
    this.renderRoot.querySelector<RoomView>("parvis-room")?.focus();
  }

  protected override onClientChange(client: Client): void {
    if (!client.me) this.chosen = null;
    if (client.status === "signed-out") void this.#fetchSignIn();
    if (client.me && client !== this.#of) void this.#fetchRooms(client);
  }

  protected draw(ctx: Context) {
    const { i18n } = ctx;
    return html`<section class="root" lang=${i18n.lang} aria-label=${i18n.t("rooms.title")} @room=${this.#onRoom} @done=${this.#onDone} @failed=${this.#onFailed} @conversation=${this.#onConversation}>
      <div class="frame" part="frame">${this.#content(ctx)}<parvis-toast exportparts="toast"></parvis-toast></div>
    </section>`;
  }

  #content(ctx: Context): TemplateResult {
    const obstacle = this.#obstacle(ctx);
    const { rooms } = this;
    if (obstacle) return obstacle;
    if (!rooms?.state.loaded) return this.#waiting(ctx);
    const { i18n } = ctx;
    const room = this.#current(rooms);
    if (room)
      return html`<parvis-room exportparts="header, side, row, bubble, avatar, presence, composer, send, menu, dialog" .ctx=${this.#roomContext(ctx, rooms)} .conversation=${room} .wide=${this.wide && !this.compact} ?compact=${!this.wide || this.compact}></parvis-room>`;
    const none = this.room === null;
    return notice({
      icon: "chat",
      title: i18n.t(none ? "rooms.none.title" : "rooms.missing.title"),
      text: i18n.t(none ? "rooms.none.text" : "rooms.missing.text"),
    });
  }

  /** What stands in place of a room: sign-in, a refusal, a switch that is off. */
  #obstacle(ctx: Context): TemplateResult | null {
    const { client, i18n } = ctx;
    if (client.status === "refused")
      return notice({
        icon: "alert",
        title: i18n.t("status.refused.title"),
        text: i18n.t("status.refused.text"),
      });
    if (client.status === "signed-out")
      return this.signIn
        ? html`<parvis-sign-in class="scroll" .ctx=${ctx}></parvis-sign-in>`
        : html`<div>${skeletonRows(3)}</div>`;
    if (!client.me) return this.#waiting(ctx);
    const { messaging, member_chat, rooms } = client.site?.features ?? {};
    if (messaging && member_chat && rooms) return null;
    return notice({
      icon: "lock",
      title: i18n.t("rooms.off.title"),
      text: i18n.t("rooms.off.text"),
    });
  }

  #waiting({ i18n }: Context): TemplateResult {
    return html`<div><p class="quietly" role="status">${i18n.t("screen.loading")}</p>${skeletonBubbles()}</div>`;
  }

  #current(rooms: Rooms): Conversation | undefined {
    const all = this.ctx ? byName(this.#roomContext(this.ctx, rooms)) : [];
    const chosen = all.find(({ id }) => id === this.chosen);
    if (chosen || this.room === null) return chosen ?? all[0];
    return all.find(({ id, room }) => id === this.room || room?.slug === this.room);
  }

  #roomContext(ctx: Context, rooms: Rooms): RoomContext {
    if (this.#ctx?.[0] !== ctx || this.#ctx[1] !== rooms)
      this.#ctx = [ctx, rooms, roomContext(ctx, rooms)];
    return this.#ctx[2];
  }

  async #fetchRooms(client: Client): Promise<void> {
    this.#of = client;
    try {
      const rooms = await client.rooms();
      if (client !== this.client) return;
      this.#unlisten(this.rooms);
      this.rooms = rooms;
      if (this.isConnected) this.#listen(rooms);
    } catch (error) {
      this.#of = null;
      this.fail(error);
    }
  }

  async #fetchSignIn(): Promise<void> {
    if (this.signIn) return;
    try {
      await fetchPiece("more");
      this.signIn = true;
    } catch (error) {
      this.fail(error);
    }
  }

  #listen(rooms: Rooms | null): void {
    rooms?.addEventListener("change", this.#onRooms);
    rooms?.addEventListener("message", this.#onMessage);
    rooms?.addEventListener("problem", this.#onProblem);
  }

  #unlisten(rooms: Rooms | null): void {
    rooms?.removeEventListener("change", this.#onRooms);
    rooms?.removeEventListener("message", this.#onMessage);
    rooms?.removeEventListener("problem", this.#onProblem);
  }

  readonly #onRooms = (): void => this.requestUpdate();

  readonly #onMessage = (event: Event): void =>
    this.emit("parvis-message", (event as CustomEvent<Message>).detail);

  readonly #onProblem = (event: Event): void => this.fail((event as CustomEvent).detail);

  readonly #onRoom = ({ detail }: CustomEvent<string>): void => {
    this.chosen = detail;
  };

  readonly #onDone = ({ detail }: CustomEvent<Done>): void => {
    const { text, undo } = detail;
    const label = this.ctx?.i18n.t("screen.undo") ?? "";
    const run = () => void undo?.().catch((error) => this.#complain(error));
    this.#toast?.show({ text, undo: undo && { label, run } });
  };

  readonly #onFailed = ({ detail }: CustomEvent<unknown>): void => this.#complain(detail);

  readonly #onConversation = ({ detail: conversation }: CustomEvent<string>): void => {
    if (this.client)
      openTarget(this.client, { conversation }).catch((error) => this.#complain(error));
  };

  #complain(error: unknown): void {
    if (this.ctx) this.#toast?.show({ text: sentenceFor(error, this.ctx.i18n) });
    this.fail(error);
  }

  get #toast(): ParvisToast | null {
    return this.renderRoot.querySelector<ParvisToast>("parvis-toast");
  }
}
