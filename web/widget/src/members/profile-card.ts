import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client, ContactRequest, MemberWithRelation } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import "#ui/dialog/dialog.ts";
import type { ParvisDialog } from "#ui/dialog/dialog.ts";
import { fieldStyles } from "#ui/field/field.styles.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import "#ui/menu/menu.ts";
import type { MenuItem, ParvisMenu } from "#ui/menu/menu.ts";
import "#ui/toast/toast.ts";
import { base } from "#ui/theme/tokens.ts";
import type { ParvisToast } from "#ui/toast/toast.ts";
import { roundButton } from "../bar.ts";
import { answered, withdrawn } from "../contacts/answers.ts";
import { askForm, contactState, whyNotAsked } from "../contacts/asking.ts";
import { attempt, type Done, type Stage, setBlock } from "../conversations/actions.ts";
import { Part } from "../part.ts";
import { sentenceFor } from "../problems.ts";
import { Followed } from "./followed.ts";
import { profile, profileStyles } from "./profile.ts";
import { cardStyles } from "./profile-card.styles.ts";

/** Somebody's profile over the page, with what one may do with them as it is at this moment. Tells "person", "closed". */
export class ProfileCard extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    badgeStyles,
    fieldStyles,
    profileStyles,
    cardStyles,
  ];
  static override properties: PropertyDeclarations = {
    person: { attribute: false },
    asks: { attribute: false },
    asking: { attribute: false },
    busy: { state: true },
    error: { state: true },
  };

  person!: MemberWithRelation;
  /** Asking to become contacts is offered. */
  asks = true;
  /** The form to ask them is open. */
  asking = false;
  private busy = false;
  private error: string | null = null;
  private readonly followed = new Followed(this, () => {});

  protected override watches({ state, site }: Client) {
    return [state.connected, state.requests.received, site];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.followed.follow(this.client, this.person.id, this.person);
    if (!this.member.relation.can_request_contact) this.asking = false;
  }

  protected override updated(): void {
    const { box } = this;
    // Drawn once more after it was closed and taken away, it has nowhere to open.
    if (box?.isConnected && !box.open) {
      box.showModal();
      (box.querySelector("textarea") ?? box.querySelector("h2"))?.focus();
    }
    // Whoever it is may not be seen any more.
    if (!this.followed.member) box?.close();
  }

  private get member(): MemberWithRelation {
    return this.followed.member ?? this.person;
  }

  override render() {
    const { i18n } = this.ctx;
    const { member } = this;
    const { blocked } = member.relation;
    return html`<dialog part="dialog" aria-label=${i18n.t("members.profile", { name: member.name })} @close=${this.onClose} @click=${this.onBackdrop}
        @keydown=${(event: Event) => event.stopPropagation()}>
      <div class="corner">
        ${roundButton("more", i18n.t("conversations.actions", { name: member.name }), this.showMenu)}
        ${roundButton("close", i18n.t("screen.close"), () => this.box?.close())}
      </div>
      ${profile(this.ctx, member)}
      <div class="doings">
        ${blocked ? this.unblocking() : this.talking()} ${blocked ? nothing : this.contact()}
        <parvis-call-buttons .ctx=${this.ctx} .member=${member} .allowed=${member.relation.can_call} @click=${() => this.box?.close()}></parvis-call-buttons>
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      </div>
      <parvis-menu exportparts="menu"></parvis-menu><parvis-dialog exportparts="dialog"></parvis-dialog>
      <parvis-toast exportparts="toast"></parvis-toast>
    </dialog>`;
  }

  private talking() {
    const { relation } = this.member;
    const { i18n } = this.ctx;
    const open = () => this.tell("person", this.member);
    if (relation.can_message)
      return html`<button type="button" class="button" part="button" @click=${open}>${i18n.t("members.message")}</button>`;
    if (relation.conversation_id !== null)
      return html`<button type="button" class="button soft" @click=${open}>${i18n.t("members.conversation")}</button>`;
    return nothing;
  }

  private unblocking() {
    const { i18n } = this.ctx;
    return html`<p class="state">${i18n.t("cannot.blocked_by_you")}</p>
      <button type="button" class="button soft" ?disabled=${this.busy} @click=${() => this.block(false)}>${i18n.t("contacts.unblock")}</button>`;
  }

  private contact() {
    const { member, asking, busy, asks } = this;
    if (asking)
      return askForm(this.ctx, busy, {
        send: (note) => void this.ask(note),
        cancel: () => {
          this.asking = false;
        },
      });
    const note = this.received?.note ?? null;
    return contactState(this.ctx, member, { asks, busy, note }, (what) => {
      if (what === "ask") this.openForm();
      else void this.answer(what);
    });
  }

  /** Their request, where this client has it. */
  private get received(): ContactRequest | undefined {
    const { items } = this.client.state.requests.received ?? {};
    return items?.find(({ from }) => from.id === this.member.id);
  }

  private get stage(): Pick<Stage, "ctx" | "tell"> {
    return {
      ctx: this.ctx,
      tell: (name, detail) => {
        if (name === "failed") this.error = whyNotAsked(detail, this.ctx.i18n);
        if (name === "done") this.toast(detail as Done);
      },
    };
  }

  private toast({ text, undo }: Done): void {
    const run = () =>
      void undo?.().catch((error) => {
        this.error = sentenceFor(error, this.ctx.i18n);
      });
    this.renderRoot
      .querySelector<ParvisToast>("parvis-toast")
      ?.show({ text, undo: undo && { label: this.ctx.i18n.t("screen.undo"), run } });
  }

  private async work(what: () => Promise<unknown>): Promise<void> {
    this.busy = true;
    this.error = null;
    await what();
    this.busy = false;
  }

  private async openForm(): Promise<void> {
    this.asking = true;
    await this.updateComplete;
    this.box?.querySelector("textarea")?.focus();
  }

  private ask(note: string): Promise<void> {
    const { i18n, client } = this.ctx;
    const { id, name } = this.member;
    const text = i18n.t("contacts.asked.done", { name });
    return this.work(async () => {
      const done = await attempt(this.stage, () => client.contacts.ask(id, note), { text });
      if (done) this.asking = false;
    });
  }

  private answer(what: "accept" | "decline" | "cancel"): Promise<void> {
    const { name, relation } = this.member;
    const id = relation.contact_request_id;
    if (!id) return Promise.resolve();
    return this.work(() =>
      what === "cancel"
        ? withdrawn(this.stage, id, name, relation.contact === "accepted")
        : answered(this.stage, id, what, name),
    );
  }

  private block(blocked: boolean): Promise<void> {
    return this.work(() => setBlock(this.stage, this.member, blocked));
  }

  private async leave(): Promise<void> {
    const { i18n } = this.ctx;
    const { name } = this.member;
    const question = {
      title: i18n.t("contacts.remove.title", { name }),
      text: i18n.t("contacts.remove.text"),
      yes: i18n.t("contacts.remove.yes"),
      no: i18n.t("screen.cancel"),
    };
    const dialog = this.renderRoot.querySelector<ParvisDialog>("parvis-dialog");
    if (await dialog?.ask(question)) await this.answer("cancel");
  }

  private showMenu = (event: Event): void => {
    const { i18n } = this.ctx;
    const { blocked, contact } = this.member.relation;
    const items: MenuItem[] = [];
    if (contact === "accepted")
      items.push({ label: i18n.t("contacts.remove"), icon: "trash", run: () => this.leave() });
    items.push({
      label: i18n.t(blocked ? "contacts.unblock" : "contacts.block"),
      icon: "block",
      danger: !blocked,
      run: () => this.block(!blocked),
    });
    const anchor = event.currentTarget as HTMLElement;
    void this.renderRoot
      .querySelector<ParvisMenu>("parvis-menu")
      ?.show(anchor, anchor.ariaLabel ?? "", items);
  };

  private get box(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private onClose = (event: Event): void => {
    if (event.target === this.box) this.tell("closed");
  };

  private onBackdrop = (event: MouseEvent): void => {
    const { box } = this;
    if (event.target === box && box && outside(box.getBoundingClientRect(), event)) box.close();
  };
}

function outside(box: DOMRect, { clientX: x, clientY: y }: MouseEvent): boolean {
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

define("parvis-profile-card", ProfileCard);
