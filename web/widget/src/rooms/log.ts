import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client, Held, Message, Rooms } from "#client";
import { define } from "#ui/define.ts";
import { icon } from "#ui/icon/icon.ts";
import type { MenuItem } from "#ui/menu/menu.ts";
import { badgesStyles } from "../face.ts";
import { body } from "../messages/bubble.ts";
import { MessageLog } from "../messages/log.ts";
import { notice } from "../notice.ts";
import type { Doings } from "../part.ts";
import { spoken } from "./address.ts";
import { roomLogStyles } from "./log.styles.ts";
import { RoomLook } from "./look.ts";
import type { RoomContext } from "./scene.ts";

/**
 * What is said in a room. Tells besides: "reply" and "group" with a whisper; "whisper" with its author; "report",
 * "expel" (remove), "mute", "ban" with a message.
 */
export class RoomLog extends MessageLog {
  static override styles = [...MessageLog.styles, badgesStyles, roomLogStyles];
  static override properties: PropertyDeclarations = {
    compact: { type: Boolean, reflect: true },
  };

  declare ctx: RoomContext;
  compact = false;
  /** It stands where one looks: further down a page nothing is read. */
  private inView = true;
  private readonly views = new IntersectionObserver(([entry]) => {
    this.inView = entry?.isIntersecting ?? true;
    if (this.inView) this.looked();
  });

  protected override watches(client: Client): readonly unknown[] {
    return [...super.watches(client), (client as Rooms).state.rooms.get(this.conversation.id)];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.views.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.views.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("ctx"))
      this.look = new RoomLook(this.ctx, {
        reply: (message) => this.tell("reply", message),
        group: (message) => this.tell("group", message),
      });
    super.willUpdate(changed);
  }

  protected override get unseen(): boolean {
    return super.unseen || !this.inView;
  }

  protected override empty(): unknown {
    const { i18n } = this.ctx;
    return notice({
      icon: "chat",
      title: i18n.t("rooms.empty.title"),
      text: this.conversation.can_write ? i18n.t("rooms.empty.text") : "",
    });
  }

  protected override behind(): unknown {
    const held = this.ctx.client.state.rooms.get(this.conversation.id)?.held ?? [];
    return held.length === 0 ? nothing : held.map((one) => this.held(one));
  }

  protected override said(message: Message): string {
    if (!message.whisper_to) return super.said(message);
    return this.ctx.i18n.t("rooms.whisper.said", {
      name: message.author.name,
      text: spoken(message.body),
    });
  }

  protected override actions(known: Doings, message: Message): MenuItem[] {
    const items = super.actions(known, message);
    const { author } = message;
    if (this.mine(message) || message.removed) return items;
    return [
      ...items,
      ...(author.kind === "member" && author.login ? this.whisperTo(message) : []),
      this.item("rooms.report", "alert", "report", message),
      ...(this.conversation.room?.moderator ? this.moderating(message) : []),
    ];
  }

  private whisperTo({ author }: Message): MenuItem[] {
    if (!this.conversation.can_write) return [];
    const label = this.ctx.i18n.t("rooms.aside.start", { name: author.name });
    return [{ label, icon: "lock", run: () => this.tell("whisper", author) }];
  }

  private moderating(message: Message): MenuItem[] {
    const remove = this.item("rooms.remove", "trash", "expel", message);
    if (message.author.kind !== "member") return [remove];
    return [
      remove,
      this.item("rooms.mute", "clock", "mute", message),
      this.item("rooms.ban", "block", "ban", message),
    ].map((item) => ({ ...item, danger: true }));
  }

  private item(
    key: "rooms.report" | "rooms.remove" | "rooms.mute" | "rooms.ban",
    name: MenuItem["icon"],
    event: string,
    message: Message,
  ): MenuItem {
    const label = this.ctx.i18n.t(key, { name: message.author.name });
    return { label, icon: name, run: () => this.tell(event, message) };
  }

  private held(one: Held) {
    const { i18n } = this.ctx;
    const rejected = one.state === "rejected";
    const why = rejected ? (one.note ?? "") : i18n.t(`rooms.held.${one.reason}`);
    const title = i18n.t(rejected ? "rooms.held.rejected" : "rooms.held");
    return html`<div class="held ${rejected ? "rejected" : ""}" role="note">
      <div class="bubble">${body(one.body, this.ctx)}</div>
      <p class="why">${icon(rejected ? "block" : "clock")}<span><b>${title}</b> ${why}</span></p>
      ${rejected ? html`<button type="button" class="button plain small" @click=${() => this.ctx.client.dismiss(one)}>${i18n.t("rooms.held.dismiss")}</button>` : nothing}
    </div>`;
  }
}

define("parvis-room-log", RoomLog);
