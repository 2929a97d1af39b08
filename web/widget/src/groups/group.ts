import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client, Conversation, MemberCard, Participant, Picture } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import "#ui/dialog/dialog.ts";
import type { ParvisDialog } from "#ui/dialog/dialog.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { icon, iconStyles } from "#ui/icon/icon.ts";
import "#ui/menu/menu.ts";
import type { ParvisMenu } from "#ui/menu/menu.ts";
import { skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { Windowed } from "#ui/windowed/windowed.ts";
import { barStyles, roundButton, screenBar } from "../bar.ts";
import { attempt, type Stage } from "../conversations/actions.ts";
import { listStyles } from "../conversations/list.styles.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { failure, whyGone } from "../problems.ts";
import { adding } from "./adding.ts";
import { doingsWith, type Place } from "./doings.ts";
import { drawing } from "./drawings.ts";
import { formStyles } from "./form.styles.ts";
import { groupStyles } from "./group.styles.ts";
import { LONGEST, lengthOf, nameOf } from "./name.ts";
import { nameField } from "./name-field.ts";
import { participantRow } from "./participant-row.ts";
import { arranged, Participants } from "./participants.ts";
import "./picker.ts";
import "./picture.ts";
import { why } from "./why.ts";

/** What is in a group: its picture and name, who takes part, and what one may change. */
export class GroupInfo extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    badgeStyles,
    fieldStyles,
    barStyles,
    skeletonStyles,
    noticeStyles,
    listStyles,
    formStyles,
    groupStyles,
  ];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    trailing: { attribute: false },
    renaming: { state: true },
    picking: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  conversation = "";
  trailing: unknown = nothing;
  /** What is typed as its new name. */
  private renaming: string | null = null;
  /** Who is to be added. */
  private picking: readonly MemberCard[] | null = null;
  private error: string | null = null;
  private busy = false;
  private readonly windowed: Windowed = new Windowed(this, {
    box: () => this.renderRoot?.querySelector<HTMLElement>("ul.people") ?? null,
    count: () => this.participants.items.length,
  });
  private readonly participants: Participants = new Participants(this, () => this.client);

  protected override watches({ state, me, site }: Client) {
    return [this.current, this.told, state.connected, state.left, state.loaded, me, site];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { current } = this;
    if (!current) return;
    const { participants, my_role } = current;
    this.participants.follow(current.id, `${participants} ${my_role} ${this.told}`);
  }

  protected override updated(): void {
    const { to } = this.windowed.shown;
    if (to + 40 > this.participants.items.length) void this.participants.more();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
  }

  override render() {
    const { i18n } = this.ctx;
    const { current } = this;
    const back = roundButton("back", i18n.t("screen.back"), this.back, "back");
    const title = i18n.t(this.picking ? "groups.add.title" : "groups.info");
    return html`${screenBar(title, back, this.trailing)}
      ${current ? (this.picking ? this.picker(this.picking) : this.info(current)) : this.missing()}
      <parvis-menu exportparts="menu"></parvis-menu><parvis-dialog exportparts="dialog"></parvis-dialog>`;
  }

  private missing() {
    const { i18n, client } = this.ctx;
    if (!client.state.loaded) return skeletonRows(6);
    const title = i18n.t(whyGone(client, this.conversation));
    return notice({ icon: "people", title, alert: true });
  }

  private info(group: Conversation) {
    const { i18n } = this.ctx;
    return html`<div class="scroll"><div class="inner">
      <div class="head">
        <parvis-group-picture exportparts="avatar, dialog, menu" .ctx=${this.ctx} .name=${group.name ?? ""} .seed=${group.id} .url=${group.picture_url} .editable=${this.admin}
          @picture=${this.onPicture}></parvis-group-picture>
        ${this.renaming === null ? this.heading(group) : this.renameForm(this.renaming)}
        <p class="quiet">${i18n.plural("conversations.participants", group.participants)}</p>
        ${group.history ? html`<p class="quiet">${i18n.t(`groups.history.is.${group.history}`)}</p>` : nothing}
      </div>
      ${this.tools(group)}
      <h3 id="people">${i18n.t("groups.participants")}</h3>
      <div @keydown=${this.onKey} @focusin=${this.windowed.onFocus}>${this.people()}</div>
    </div></div>`;
  }

  private heading({ name }: Conversation) {
    const { i18n } = this.ctx;
    const shown = name ?? i18n.t("conversations.group");
    return html`<div class="called"><b dir="auto">${shown}</b>${this.admin ? roundButton("edit", i18n.t("groups.rename"), () => this.rename(shown)) : nothing}</div>`;
  }

  private renameForm(text: string) {
    const { i18n } = this.ctx;
    const typed = (name: string) => {
      this.renaming = name;
      this.error = null;
    };
    return html`<form class="rename" novalidate @submit=${this.onRename} @keydown=${this.onRenameKey}>
      ${nameField(this.ctx, { text, error: this.error }, typed)}
      <div class="pair"><button type="button" class="button plain small" @click=${() => this.renamed()}>${i18n.t("screen.cancel")}</button>
        <button class="button small" ?disabled=${this.busy}>${i18n.t("groups.rename.save")}</button></div>
    </form>`;
  }

  private tools(group: Conversation) {
    const { i18n } = this.ctx;
    const { id, muted } = group;
    const doing = (shown: unknown, label: string, press: () => void, more = "") =>
      html`<button type="button" class="doing ${more}" @click=${press}>${shown}<span>${label}</span></button>`;
    const pick = () => {
      this.picking = [];
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>("parvis-people-picker")?.focus(),
      );
    };
    const text = i18n.t(muted ? "groups.unmuted.done" : "groups.muted.done");
    const mute = () => attempt(this.stage, () => this.client.mute(id, !muted), { text });
    return html`<div class="doings">
      ${this.admin ? doing(drawing("plus"), i18n.t("groups.add"), pick) : nothing}
      ${doing(icon(muted ? "bell" : "mute"), i18n.t(muted ? "groups.unmute.brief" : "groups.mute.brief"), mute)}
      ${doing(icon("leave"), i18n.t("groups.leave.brief"), () => this.tell("group", { what: "leave", id }), "danger")}
    </div>`;
  }

  private people() {
    const { participants } = this;
    const items = arranged(participants.items, this.client.me?.id);
    if (items.length === 0 && participants.state === "failed")
      return failure(participants.error, this.ctx.i18n, () => participants.load());
    if (items.length === 0) return skeletonRows(4);
    const size = participants.all ? items.length : -1;
    return html`<ul class="people" role="list" aria-labelledby="people">${this.windowed.draw(
      items,
      ({ member }) => member.id,
      (one, index) =>
        participantRow(this.ctx, one, {
          index,
          size,
          tabbable: index === this.windowed.stop,
          menu: (anchor) => this.showMenu(anchor, one),
        }),
    )}</ul>`;
  }

  private picker(picking: readonly MemberCard[]) {
    const { i18n } = this.ctx;
    const { items } = this.participants;
    return html`<parvis-people-picker exportparts="row, avatar, presence" .ctx=${this.ctx} .chosen=${picking} .most=${Math.max(0, 1000 - (this.current?.participants ?? 0))}
        .without=${new Set(items.map(({ member }) => member.id))}
        @chosen=${(event: CustomEvent<readonly MemberCard[]>) => {
          this.picking = event.detail;
          this.error = null;
        }}></parvis-people-picker>
      <div class="foot">${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
        <button type="button" class="button" ?disabled=${picking.length === 0 || this.busy} @click=${() => this.add(picking)}>${i18n.t("groups.add")}</button></div>`;
  }

  private get current(): Conversation | undefined {
    return this.client.state.conversations.find(({ id }) => id === this.conversation);
  }

  /** The latest line about it: who is in it may be others since. */
  private get told(): number {
    const { messages } = this.client.state.threads.get(this.conversation) ?? {};
    return messages?.findLast((one) => one.system)?.seq ?? 0;
  }

  private get admin(): boolean {
    const { groups } = this.client.site?.features ?? {};
    return groups === true && this.current?.my_role === "admin";
  }

  private get stage(): Stage & Place {
    const dialog = this.renderRoot.querySelector<ParvisDialog>("parvis-dialog");
    return {
      ctx: this.ctx,
      ask: async (question) => dialog?.ask(question) ?? false,
      tell: (name: string, detail: unknown) => this.tell(name, detail),
    };
  }

  private back = (): void => {
    this.error = null;
    if (!this.picking) return this.tell("go", { name: "conversation", id: this.conversation });
    this.picking = null;
    void this.updateComplete.then(() => this.focus());
  };

  private async rename(name: string): Promise<void> {
    this.renaming = name;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>("#name")?.select();
  }

  private async renamed(): Promise<void> {
    this.renaming = this.error = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(".called .round")?.focus();
  }

  private onRenameKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    event.preventDefault();
    void this.renamed();
  };

  private onRename = async (event: Event): Promise<void> => {
    event.preventDefault();
    const name = nameOf(this.renaming ?? "");
    const length = lengthOf(name);
    if (length === 0) this.error = this.ctx.i18n.t("groups.name.empty");
    if (this.busy || length === 0 || length > LONGEST) return;
    if (name === this.current?.name) return this.renamed();
    this.busy = true;
    try {
      await (await this.client.groups()).change(this.conversation, { name });
      await this.renamed();
    } catch (error) {
      this.error = why(error, this.ctx.i18n);
    } finally {
      this.busy = false;
    }
  };

  private onPicture = (event: CustomEvent<Picture | null>): void => {
    const picture = event.detail?.id ?? null;
    const change = async () => (await this.client.groups()).change(this.conversation, { picture });
    const text = this.ctx.i18n.t(picture ? "groups.picture.changed" : "groups.picture.removed");
    void attempt(this.stage, change, { text });
  };

  private async add(picking: readonly MemberCard[]): Promise<void> {
    this.busy = true;
    this.error = null;
    const { left, done, error } = await adding(this.ctx, this.conversation, picking);
    this.busy = false;
    this.error = error;
    if (done > 0) this.tell("done", { text: this.ctx.i18n.plural("groups.add.done", done) });
    this.picking = left;
    if (left.length === 0) this.back();
  }

  private showMenu(anchor: HTMLElement, one: Participant): void {
    const { current } = this;
    if (!current) return;
    const label = this.ctx.i18n.t("conversations.actions", { name: one.member.name });
    const items = doingsWith(this.stage, current, one, this.admin);
    void this.renderRoot.querySelector<ParvisMenu>("parvis-menu")?.show(anchor, label, items);
  }

  private onKey = (event: KeyboardEvent): void => {
    this.windowed.key(event);
  };
}

define("parvis-group", GroupInfo);
