import { html, nothing } from "lit";
import type { Message, PendingMessage } from "#client";
import { icon } from "#ui/icon/icon.ts";
import { body } from "../messages/bubble.ts";
import type { Look } from "../messages/look.ts";
import { addressOf, isAside, spoken, words } from "./address.ts";
import { replyIcon } from "./icons.ts";
import { listOf, moderates, namesOf, type RoomContext } from "./scene.ts";

/** What can be done with a whisper, right where it stands. */
export interface AsideActions {
  reply: (message: Message) => void;
  group: (message: Message) => void;
}

type One = Message | PendingMessage;
const sent = (one: One): one is Message => "seq" in one;

/** How a room shows what was said: whispers can't be taken for public talk, mentions stand out. */
export class RoomLook implements Look {
  constructor(
    private readonly ctx: RoomContext,
    private readonly on: AsideActions,
  ) {}

  kind(one: One): string {
    if (this.aside(one)) return "aside";
    return sent(one) && !one.removed && this.namesMe(one) ? "names-me" : "";
  }

  label(message: Message, name: string): string {
    const { i18n } = this.ctx;
    if (this.aside(message))
      return i18n.t("rooms.whisper.label", { name, who: this.between(message) });
    return this.namesMe(message) ? `${name}. ${i18n.t("rooms.named")}` : name;
  }

  beside(message: Message): unknown {
    return moderates(this.ctx, message.author);
  }

  above(one: One): unknown {
    if (!this.aside(one)) return nothing;
    return html`<p class="between" aria-hidden="true">${icon("lock")}<span dir="auto">${this.between(one)}</span></p>`;
  }

  body(one: One): unknown {
    const text = this.aside(one) ? spoken(one.body) : one.body;
    const named = sent(one) ? (one.mentions ?? []) : [];
    const me = this.ctx.client.me?.login.toLowerCase();
    const logins = named.map(({ login }) => login);
    return body(text, this.ctx, (part) =>
      words(part, logins).map((word) =>
        typeof word === "string"
          ? word
          : html`<span class="mention ${word.login === me ? "me" : ""}">${word.text}</span>`,
      ),
    );
  }

  below(message: Message, tabbable: boolean): unknown {
    if (!message.whisper_to || message.removed) return nothing;
    const { i18n } = this.ctx;
    const tab = tabbable ? 0 : -1;
    return html`<p class="aside-actions">
      <button type="button" tabindex=${tab} @click=${() => this.on.reply(message)}>${replyIcon}${i18n.t("rooms.whisper.reply")}</button>
      <button type="button" tabindex=${tab} @click=${() => this.on.group(message)}>${icon("people")}${i18n.t("rooms.whisper.group")}</button>
    </p>`;
  }

  /** Whom it is between, as its reader sees it. */
  between(one: One): string {
    const { i18n, client } = this.ctx;
    if (!sent(one)) {
      const logins = addressOf(one.body)?.logins.map((login) => `@${login}`) ?? [];
      return i18n.t("rooms.whisper.you", { names: listOf(this.ctx, logins) });
    }
    const to = one.whisper_to ?? [];
    const others = to.filter(({ id }) => id !== client.me?.id);
    const names = namesOf(this.ctx, others);
    if (one.author.id === client.me?.id) return i18n.t("rooms.whisper.you", { names });
    return others.length === 0
      ? i18n.t("rooms.whisper.to_you")
      : i18n.t("rooms.whisper.to_both", { names });
  }

  private aside(one: One): boolean {
    return sent(one) ? one.whisper_to !== null && one.whisper_to !== undefined : isAside(one.body);
  }

  private namesMe({ mentions }: Message): boolean {
    return mentions?.some(({ id }) => id === this.ctx.client.me?.id) ?? false;
  }
}
