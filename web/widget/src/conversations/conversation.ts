import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client, Conversation, Message } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import type { ParvisDialog } from "#ui/dialog/dialog.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import type { MenuItem, ParvisMenu } from "#ui/menu/menu.ts";
import { skeletonBubbles, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { barStyles, roundButton } from "../bar.ts";
import { conversationFace, isConnected } from "../face.ts";
import "../messages/composer.ts";
import type { Composer } from "../messages/composer.ts";
import "../messages/log.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { sentenceFor, whyGone } from "../problems.ts";
import type { DetailTemplate } from "../templates/detail.ts";
import type { Stage } from "./actions.ts";
import { conversationStyles } from "./conversation.styles.ts";
import { isMine, titleOf } from "./naming.ts";

/** One conversation: who it is with, what was said, and where one writes. */
export class ConversationView extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    barStyles,
    skeletonStyles,
    noticeStyles,
    conversationStyles,
  ];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    template: { attribute: false },
    leading: { attribute: false },
    trailing: { attribute: false },
    dots: { attribute: false },
    editing: { state: true },
    error: { state: true },
  };

  conversation = "";
  template!: DetailTemplate;
  /** What the element around it puts before and after: back, close. */
  leading: unknown = nothing;
  trailing: unknown = nothing;
  /** The list shows what is unread. */
  dots = true;
  private editing: Message | null = null;
  private error: string | null = null;
  private focusWhenWritable = false;

  protected override watches({ state, me, site }: Client) {
    return [
      this.current,
      state.left,
      state.connected,
      state.loaded,
      state.threads.get(this.conversation)?.typing,
      me,
      site,
    ];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("conversation")) this.stopEditing();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("template"))
      this.toggleAttribute("square", this.template.pictures === "square");
    if (!this.focusWhenWritable || !this.current?.can_write) return;
    this.focusWhenWritable = false;
    const { composer } = this;
    void composer?.updateComplete.then(() => composer.focus());
  }

  override focus(): void {
    // A keyboard that slides in by itself hides what one came to read.
    const target = matchMedia("(hover: hover)").matches ? this.composer : null;
    if (target) target.focus();
    else this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
  }

  override render() {
    const { current } = this;
    if (!current) return this.missing();
    return html`${this.bar(current)}
      <parvis-message-log exportparts="bubble, avatar, presence, menu" .ctx=${this.ctx} .conversation=${current} .pictures=${this.template.pictures !== null}
        @edit=${this.onEdit} @readers=${this.onReaders} @failed=${this.pass} @withdraw=${this.onWithdraw}></parvis-message-log>
      <parvis-composer exportparts="composer, send" .ctx=${this.ctx} .conversation=${current} .editing=${this.editing} .error=${this.error}
        @send=${this.onSend} @save=${this.onSave} @cancel=${this.onCancel} @unblock=${() => this.unblock(current)} @edit-last=${this.onEditLast}></parvis-composer>
      <parvis-menu exportparts="menu"></parvis-menu><parvis-dialog exportparts="dialog"></parvis-dialog>`;
  }

  private bar(current: Conversation) {
    const title = titleOf(current, this.ctx);
    const sub = this.subtitle(current);
    const actions = this.ctx.i18n.t("conversations.actions", { name: title });
    return html`<div class="bar lined" part="header">${this.leading}
      <div class="who">
        ${this.template.pictures ? conversationFace(this.ctx, current, title) : nothing}
        <div class="names">
          <h2 tabindex="-1" dir="auto">${current.kind === "group" ? this.info(current, title) : title}</h2>
          ${sub ? html`<p class="sub" dir="auto">${sub}</p>` : nothing}
        </div>
      </div>
      ${roundButton("more", actions, (event) => this.showMenu(event.currentTarget as HTMLElement, current))} ${this.trailing}
    </div>`;
  }

  /** The whole head of a group leads to what is in it. */
  private info({ id }: Conversation, title: string) {
    return html`<button type="button" class="info" title=${this.ctx.i18n.t("groups.info")} @click=${() => this.tell("go", { name: "group", id })}>${title}</button>`;
  }

  private subtitle(current: Conversation): string | null {
    const { i18n, client } = this.ctx;
    const typing = client.state.threads.get(current.id)?.typing[0];
    if (typing && current.kind === "direct") return i18n.t("conversations.typing");
    if (current.kind === "organizer") return i18n.t("organizer.hint");
    if (current.blocked) return i18n.t("contacts.is.blocked");
    if (isConnected(this.ctx, current)) return capital(i18n.t("conversations.connected"));
    return current.kind === "group"
      ? i18n.plural("conversations.participants", current.participants)
      : (current.peer?.headline ?? null);
  }

  private missing() {
    const { i18n, client } = this.ctx;
    return html`<div class="bar lined">${this.leading}<div class="who"></div>${this.trailing}</div>
      ${client.state.loaded ? notice({ icon: "chat", title: i18n.t(whyGone(client, this.conversation)), alert: true }) : skeletonBubbles()}`;
  }

  private get current(): Conversation | undefined {
    return this.client.state.conversations.find(({ id }) => id === this.conversation);
  }

  private get composer(): Composer | null {
    return this.renderRoot.querySelector<Composer>("parvis-composer");
  }

  private get dialog(): ParvisDialog | null {
    return this.renderRoot.querySelector<ParvisDialog>("parvis-dialog");
  }

  private async showMenu(anchor: HTMLElement, current: Conversation): Promise<void> {
    const known = await this.doings();
    if (!known) return;
    const actions = known.actionsFor(this.stage, current, this.dots);
    const items = [...this.profileAction(current), ...actions];
    await this.renderRoot
      .querySelector<ParvisMenu>("parvis-menu")
      ?.show(anchor, anchor.ariaLabel ?? "", items);
  }

  /** Who one talks to; somebody whom one may not see any more has nothing to show. */
  private profileAction({ peer }: Conversation): MenuItem[] {
    if (!peer) return [];
    const run = () =>
      this.client.member(peer.id).then(
        (member) => this.tell("profile", { member }),
        (error) => this.tell("failed", error),
      );
    return [{ label: this.ctx.i18n.t("members.profile.see"), icon: "people", run }];
  }

  private get stage(): Stage {
    return {
      ctx: this.ctx,
      ask: async (question) => this.dialog?.ask(question) ?? false,
      tell: (name, detail) => this.tell(name, detail),
    };
  }

  private async unblock({ peer }: Conversation): Promise<void> {
    const known = await this.doings();
    if (!peer || !(await known?.setBlock(this.stage, peer, false))) return;
    this.focusWhenWritable = true;
    this.requestUpdate();
  }

  private stopEditing(): void {
    this.editing = null;
    this.error = null;
  }

  private onSend = (event: CustomEvent<string>): void => {
    this.client.send(this.conversation, event.detail);
  };

  private onSave = async (event: CustomEvent<string>): Promise<void> => {
    const { editing } = this;
    if (!editing) return;
    this.error = null;
    try {
      if (event.detail !== editing.body)
        await this.client.edit(this.conversation, editing.id, event.detail);
      this.stopEditing();
    } catch (error) {
      this.error = sentenceFor(error, this.ctx.i18n);
    }
  };

  private onCancel = (): void => {
    this.stopEditing();
    this.composer?.focus();
  };

  private onEdit = (event: CustomEvent<Message>): void => {
    this.editing = event.detail;
  };

  private onEditLast = (): void => {
    const messages = this.client.state.threads.get(this.conversation)?.messages ?? [];
    this.editing =
      messages.findLast((one) => isMine(one, this.client.me?.id) && !one.removed) ?? null;
  };

  private onReaders = ({ detail: { id } }: CustomEvent<Message>): void =>
    this.tell("group", { what: "readers", id: this.conversation, message: id });

  private onWithdraw = async ({ detail }: CustomEvent<Message>): Promise<void> => {
    const { i18n } = this.ctx;
    const known = await this.doings();
    if (!known || !(await this.dialog?.ask(known.withdrawQuestion(i18n)))) return;
    await this.client.withdraw(this.conversation, detail.id).catch((error) => {
      this.error = sentenceFor(error, i18n);
    });
  };
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

define("parvis-conversation", ConversationView);
