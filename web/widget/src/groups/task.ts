import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client, Conversation, MemberCard, Participant } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import { skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { roundButton } from "../bar.ts";
import { titleOf } from "../conversations/naming.ts";
import { badges, badgesStyles, face } from "../face.ts";
import type { GroupTask } from "../navigation.ts";
import { Part } from "../part.ts";
import { cropStyles } from "./crop.styles.ts";
import { formStyles } from "./form.styles.ts";
import { why } from "./why.ts";

/** Over whatever screen it is asked from: leaving a group, who has read a message. Tells "closed", "removed", "done". */
export class GroupTaskDialog extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    skeletonStyles,
    badgesStyles,
    formStyles,
    cropStyles,
    css`
      :host {
        display: contents;
      }
      .top {
        display: flex;
        align-items: flex-start;
        justify-content: space-between;
        gap: var(--p-space-2);
      }
      .top .round {
        margin: calc(-1 * var(--p-space-2)) calc(-1 * var(--p-space-2)) 0 0;
      }
      h2 {
        overflow-wrap: anywhere;
      }
      .list {
        max-block-size: min(50dvh, 420px);
        margin-inline: calc(-1 * var(--p-space-2));
        padding-inline: var(--p-space-2);
      }
      li,
      .radio {
        display: flex;
        align-items: center;
        gap: var(--p-space-3);
        min-block-size: 52px;
      }
      parvis-avatar {
        --size: 36px;
      }
      .named b {
        min-inline-size: 0;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .text {
        color: var(--p-muted);
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    task: { attribute: false },
    readers: { state: true },
    others: { state: true },
    heir: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  task!: GroupTask;
  private readers: readonly MemberCard[] | null = null;
  /** Those who could look after the group; null while it is not known whether somebody has to. */
  private others: readonly Participant[] | null = null;
  private heir = "";
  private error: string | null = null;
  private busy = false;

  protected override watches({ state }: Client) {
    return [state.connected, this.current];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("task")) void this.load();
  }

  protected override updated(): void {
    const { box } = this;
    if (box?.isConnected && !box.open) box.showModal();
    if (!this.current && !this.busy) box?.close();
  }

  override render() {
    const { current } = this;
    if (!current) return nothing;
    const { i18n } = this.ctx;
    const leaving = this.task.what === "leave";
    const title = leaving
      ? i18n.t("groups.leave.title", { name: titleOf(current, this.ctx) })
      : i18n.t("groups.readers");
    return html`<dialog part="dialog" aria-labelledby="title" @close=${this.onClose} @keydown=${(event: Event) => event.stopPropagation()}>
      <div class="top"><h2 id="title" tabindex="-1">${title}</h2>${leaving ? nothing : roundButton("close", i18n.t("screen.close"), this.close)}</div>
      ${leaving ? this.leaving(current) : this.whoRead()}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${leaving ? this.choices() : nothing}
    </dialog>`;
  }

  private whoRead() {
    const { readers } = this;
    const { i18n } = this.ctx;
    if (this.error) return nothing;
    if (!readers) return skeletonRows(3);
    if (readers.length === 0) return html`<p class="text">${i18n.t("groups.readers.none")}</p>`;
    return html`<p class="text">${i18n.plural("groups.readers.count", readers.length)}</p>
      <ul class="list scroll" role="list" tabindex="0" aria-labelledby="title">${readers.map((one) => html`<li>${this.person(one)}</li>`)}</ul>`;
  }

  private person(one: MemberCard) {
    const online = this.client.state.connected.has(one.id);
    return html`${face(this.ctx, one, online)}<span class="named"><b dir="auto">${one.name}</b>${badges(one)}</span>`;
  }

  private leaving({ participants }: Conversation) {
    const { i18n } = this.ctx;
    const { others } = this;
    if (participants <= 1) return html`<p class="text">${i18n.t("groups.leave.last")}</p>`;
    const text = html`<p class="text">${i18n.t("groups.leave.text")}</p>`;
    if (!others?.length) return text;
    const choice = (id: string, shown: unknown) =>
      html`<label class="radio"><input type="radio" name="heir" .checked=${this.heir === id} @change=${() => {
        this.heir = id;
      }} />${shown}</label>`;
    return html`${text}<fieldset><legend>${i18n.t("groups.leave.heir")}</legend><div class="list scroll">
      ${choice("", html`<span>${i18n.t("groups.leave.oldest")}</span>`)}
      ${others.map(({ member }) => choice(member.id, this.person(member)))}
    </div></fieldset>`;
  }

  private choices() {
    const { i18n } = this.ctx;
    const wait = this.busy || this.others === null;
    return html`<div class="choices">
      <button type="button" class="button plain" @click=${this.close}>${i18n.t("screen.cancel")}</button>
      <button type="button" class="button danger" ?disabled=${wait} @click=${this.leave}>${i18n.t("groups.leave.yes")}</button>
    </div>`;
  }

  private get current(): Conversation | undefined {
    return this.client.state.conversations.find(({ id }) => id === this.task.id);
  }

  private get box(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private async load(): Promise<void> {
    const { task } = this;
    this.readers = this.others = this.error = null;
    this.heir = "";
    try {
      const groups = await this.client.groups();
      if (task.what === "readers") this.readers = await groups.readers(task.id, task.message);
      else if (this.current?.my_role !== "admin") this.others = [];
      else {
        const { items } = await groups.participants(task.id);
        const others = items.filter(({ member }) => member.id !== this.client.me?.id);
        this.others = others.some(({ role }) => role === "admin") ? [] : others;
      }
    } catch (error) {
      this.error = why(error, this.ctx.i18n);
      this.others = [];
    }
  }

  private leave = async (): Promise<void> => {
    const { current, heir, ctx } = this;
    if (!current) return;
    const { id } = current;
    const name = titleOf(current, ctx);
    this.busy = true;
    this.error = null;
    try {
      const groups = await this.client.groups();
      if (heir) await groups.setRole(id, heir, "admin");
      await groups.leave(id);
      this.tell("removed", id);
      this.tell("done", { text: ctx.i18n.t("groups.leave.done", { name }) });
    } catch (error) {
      this.error = why(error, ctx.i18n);
    } finally {
      this.busy = false;
    }
  };

  private close = (): void => this.box?.close();

  private onClose = (): void => this.tell("closed");
}

define("parvis-group-task", GroupTaskDialog);
