// What moderators use, fetched when one of them does: the queue of what waits, and the form to mute or ban somebody.
import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Client, Conversation, Held, Report, Rooms, Sanction } from "#client";
import { badgeStyles } from "#ui/badge/badge.styles.ts";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import { skeletonRows, skeletonStyles } from "#ui/skeleton/skeleton.ts";
import { base } from "#ui/theme/tokens.ts";
import { notice, noticeStyles } from "../notice.ts";
import { Part } from "../part.ts";
import { failure, sentenceFor } from "../problems.ts";
import type { ParvisForm } from "../rooms/form.ts";
import type { RoomContext } from "../rooms/scene.ts";
import { moderationStyles } from "./moderation.styles.ts";
import { heldItem, reportItem, sanctionItem } from "./queue.ts";

export { penaltyDone, penaltyForm } from "./penalty.ts";

/** What waits for the moderators of a room. Tells "done", "failed", "expel" with a message, "mute" and "ban". */
export class ModerationPanel extends Part {
  static override styles = [
    base,
    iconStyles,
    buttonStyles,
    badgeStyles,
    skeletonStyles,
    noticeStyles,
    moderationStyles,
  ];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    form: { attribute: false },
    reports: { state: true },
    held: { state: true },
    sanctions: { state: true },
    error: { state: true },
  };

  declare ctx: RoomContext;
  conversation!: Conversation;
  form: ParvisForm | null = null;
  private reports: readonly Report[] | null = null;
  private held: readonly Held[] = [];
  private sanctions: readonly Sanction[] = [];
  private error: unknown = null;
  private question = "";
  private asked = 0;
  private focusAt: number | null = null;
  /** Decided here: gone at once, whatever a list that was asked for earlier says. */
  private readonly decided = new Set<string>();

  /** Each report and held message that comes or goes changes how many wait. */
  protected override watches({ state }: Client): readonly unknown[] {
    return [(state as Rooms["state"]).rooms.get(this.conversation.id)?.open];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { id } = this.conversation;
    const open = this.ctx.client.state.rooms.get(id)?.open;
    const question = `${id} ${open}`;
    if (question === this.question) return;
    if (!this.question.startsWith(`${id} `)) this.reports = null;
    this.question = question;
    void this.load();
  }

  protected override updated(): void {
    if (this.focusAt === null) return;
    const items = this.renderRoot.querySelectorAll("li");
    const next = items[Math.min(this.focusAt, items.length - 1)] ?? this.renderRoot;
    next.querySelector<HTMLElement>(".button, .none")?.focus();
    this.focusAt = null;
  }

  override render() {
    const { i18n } = this.ctx;
    if (this.error && !this.reports) return failure(this.error, i18n, this.load);
    if (!this.reports) return skeletonRows(3);
    const held = this.undecided(this.held);
    const reports = this.undecided(this.reports);
    const sanctions = this.undecided(this.sanctions);
    if (held.length + reports.length + sanctions.length === 0)
      return html`<div class="none" tabindex="-1">${notice({
        icon: "check",
        title: i18n.t("moderation.none.title"),
        text: i18n.t("moderation.none.text"),
      })}</div>`;
    return html`${this.queue("moderation.held", held, (one) =>
      heldItem(this.ctx, one, {
        approve: () => void this.approve(one),
        reject: () => void this.reject(one),
      }),
    )}
    ${this.queue("moderation.reports", reports, (one) =>
      reportItem(this.ctx, one, {
        remove: () => this.tell("expel", one.message),
        mute: () => this.tell("mute", one.member),
        ban: () => this.tell("ban", one.member),
        resolve: () => void this.resolve(one),
      }),
    )}
    ${this.queue("moderation.sanctions", sanctions, (one) =>
      sanctionItem(this.ctx, one, () => void this.lift(one)),
    )}`;
  }

  private undecided<T extends { id: string }>(items: readonly T[]): T[] {
    return items.filter(({ id }) => !this.decided.has(id));
  }

  private queue<T extends { id: string }>(
    key: "moderation.held" | "moderation.reports" | "moderation.sanctions",
    items: readonly T[],
    draw: (item: T) => unknown,
  ) {
    if (items.length === 0) return nothing;
    return html`<section><h3>${this.ctx.i18n.t(key)}</h3><ul role="list">${repeat(
      items,
      ({ id }) => id,
      draw,
    )}</ul></section>`;
  }

  private load = async (): Promise<void> => {
    const { id } = this.conversation;
    const { moderation } = this.ctx.client;
    const turn = ++this.asked;
    try {
      const [{ reports, held }, sanctions] = await Promise.all([
        moderation.waiting(id),
        moderation.sanctions(id),
      ]);
      if (turn !== this.asked) return;
      this.error = null;
      this.reports = reports;
      this.held = held;
      this.sanctions = sanctions;
    } catch (error) {
      if (turn === this.asked) this.error = error;
    }
  };

  /** Does it, shows what then waits, and says so. What can't be done comes back. */
  private async act(id: string, work: () => Promise<unknown>, text: string): Promise<void> {
    this.leave(id);
    try {
      await work();
      this.tell("done", { text });
    } catch (error) {
      this.decided.delete(id);
      this.tell("failed", error);
    }
    await this.load();
  }

  /** Out of the list; the focus goes to what takes its place. */
  private leave(id: string): void {
    const items = [...this.renderRoot.querySelectorAll("li")];
    const at = items.findIndex((item) => item.matches(":focus-within"));
    if (at >= 0) this.focusAt = at;
    this.decided.add(id);
    this.requestUpdate();
  }

  private approve({ id }: Held): Promise<void> {
    const { client, i18n } = this.ctx;
    const work = () => client.moderation.judge(this.conversation.id, id, "approve");
    return this.act(id, work, i18n.t("moderation.approve.done"));
  }

  private async reject({ id, author }: Held): Promise<void> {
    const { client, i18n } = this.ctx;
    const name = author?.name ?? "";
    const sent = await this.form?.ask({
      title: i18n.t("moderation.reject.title", { name }),
      text: i18n.t("moderation.reject.text", { name }),
      fields: [{ name: "note", label: i18n.t("moderation.note"), kind: "text", optional: true }],
      yes: i18n.t("moderation.reject.yes"),
      no: i18n.t("screen.cancel"),
      danger: true,
      send: ({ note }) => client.moderation.judge(this.conversation.id, id, "reject", note),
      explain: (error) => sentenceFor(error, i18n),
    });
    if (sent) await this.act(id, async () => {}, i18n.t("moderation.reject.done"));
  }

  private resolve({ id }: Report): Promise<void> {
    const { client, i18n } = this.ctx;
    const work = () => client.moderation.resolve(this.conversation.id, id);
    return this.act(id, work, i18n.t("moderation.resolve.done"));
  }

  private lift({ id, member }: Sanction): Promise<void> {
    const { client, i18n } = this.ctx;
    const work = () => client.moderation.lift(this.conversation.id, id);
    return this.act(id, work, i18n.t("moderation.lift.done", { name: member.name }));
  }
}

define("parvis-moderation", ModerationPanel);
