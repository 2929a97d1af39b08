import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Client, ContactRequest, MemberCard, RequestBox } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import { skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { barStyles, screenBar } from "../bar.ts";
import { Clock } from "../clock.ts";
import type { Stage } from "../conversations/actions.ts";
import { face } from "../face.ts";
import { filterStyles } from "../members/filters.styles.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { failure } from "../problems.ts";
import { answered, withdrawn } from "./answers.ts";
import { requestsStyles } from "./requests.styles.ts";

/** Who asks to become a contact, and whom one has asked: those that wait for an answer. */
export class Requests extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    badgeStyles,
    barStyles,
    skeletonStyles,
    noticeStyles,
    filterStyles,
    requestsStyles,
  ];
  static override properties: PropertyDeclarations = {
    leading: { attribute: false },
    trailing: { attribute: false },
    box: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  leading: unknown = nothing;
  trailing: unknown = nothing;
  private box: RequestBox = "received";
  private error: unknown = null;
  /** The request that is being answered. */
  private busy: string | null = null;
  private asked = "";
  private focusAt: number | null = null;

  constructor() {
    super();
    new Clock(this);
  }

  protected override watches({ state, me }: Client) {
    return [state.requests, state.connected, me];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const asked = `${this.client.me?.id} ${this.box}`;
    if (asked === this.asked) return;
    this.asked = asked;
    void this.load();
  }

  protected override updated(): void {
    if (this.focusAt === null) return;
    const rows = this.renderRoot.querySelectorAll("li");
    const row = rows[Math.min(this.focusAt, rows.length - 1)];
    this.focusAt = null;
    if (row) row.querySelector<HTMLElement>(".who")?.focus();
    else this.focus();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
  }

  override render() {
    const { i18n } = this.ctx;
    return html`${screenBar(i18n.t("contacts.requests"), this.leading, this.trailing)}
      <div class="segments" role="group" aria-label=${i18n.t("contacts.requests")}>${this.tab("received")} ${this.tab("sent")}</div>
      <div class="scroll">${this.content()}</div>`;
  }

  private tab(box: RequestBox) {
    const { i18n, client } = this.ctx;
    const count = box === "received" ? (client.state.requests.received?.items.length ?? 0) : 0;
    return html`<button type="button" aria-pressed=${this.box === box ? "true" : "false"} @click=${() => {
      this.box = box;
    }}>${i18n.t(`contacts.${box}`)}${count ? html`<span class="count">${i18n.number(count)}</span>` : nothing}</button>`;
  }

  private content() {
    const { i18n, client } = this.ctx;
    const known = client.state.requests[this.box];
    if (this.error) return failure(this.error, i18n, () => this.load());
    if (!known) return skeletonRows(4);
    if (known.items.length === 0)
      return notice({
        icon: "ask",
        title: i18n.t(`contacts.${this.box}.none`),
        text: i18n.t(`contacts.${this.box}.none.text`),
      });
    return html`<ul role="list">${repeat(
      known.items,
      ({ id }) => id,
      (one, index) => this.row(one, index),
    )}</ul>
    ${known.next === null ? nothing : html`<button type="button" class="button plain small load-more" @click=${() => this.load(true)}>${i18n.t("conversations.more")}</button>`}`;
  }

  private row(one: ContactRequest, index: number) {
    const { i18n, client } = this.ctx;
    const who = this.box === "received" ? one.from : one.to;
    const { name, headline } = who;
    return html`<li>
      <button type="button" class="who" aria-haspopup="dialog" @click=${() => this.look(who)}>
        ${face(this.ctx, who, client.state.connected.has(who.id))}
        <span class="text"><b dir="auto">${name}</b>${headline ? html`<span class="about" dir="auto">${headline}</span>` : nothing}</span>
        <time datetime=${one.created_at} title=${i18n.dates.full(one.created_at)}>${i18n.dates.brief(one.created_at, Date.now())}</time>
      </button>
      ${one.note ? html`<p class="note" dir="auto">${one.note}</p>` : nothing}
      <div class="choices">${this.box === "received" ? this.answers(one, index) : this.cancelling(one, index)}</div>
    </li>`;
  }

  private answers(one: ContactRequest, index: number) {
    const { i18n } = this.ctx;
    const { name } = one.from;
    const button = (answer: "accept" | "decline", look: string) =>
      html`<button type="button" class="button small ${look}" ?disabled=${this.busy === one.id} aria-label=${i18n.t(`contacts.${answer}.label`, { name })}
        @click=${() => this.act(one, index, () => answered(this.stage, one.id, answer, name))}>${i18n.t(`contacts.${answer}`)}</button>`;
    return html`${button("accept", "")} ${button("decline", "plain")}`;
  }

  private cancelling(one: ContactRequest, index: number) {
    const { i18n } = this.ctx;
    const { name } = one.to;
    return html`<button type="button" class="button small plain" ?disabled=${this.busy === one.id} aria-label=${i18n.t("contacts.cancel.label", { name })}
      @click=${() => this.act(one, index, () => withdrawn(this.stage, one.id, name))}>${i18n.t("contacts.cancel")}</button>`;
  }

  private get stage(): Pick<Stage, "ctx" | "tell"> {
    return { ctx: this.ctx, tell: (name, detail) => this.tell(name, detail) };
  }

  private async act(
    { id }: ContactRequest,
    index: number,
    work: () => Promise<boolean>,
  ): Promise<void> {
    this.busy = id;
    // What had the focus goes with its row.
    if (await work()) this.focusAt = index;
    this.busy = null;
  }

  private async look({ id }: MemberCard): Promise<void> {
    try {
      this.tell("profile", { member: await this.client.member(id) });
    } catch (error) {
      this.tell("failed", error);
    }
  }

  private async load(more = false): Promise<void> {
    this.error = null;
    try {
      await this.client.contacts.loadRequests(this.box, more);
    } catch (error) {
      if (more) this.tell("failed", error);
      else this.error = error;
    }
  }
}

define("parvis-requests", Requests);
