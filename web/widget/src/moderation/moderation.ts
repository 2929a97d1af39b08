// What moderators use, fetched when one of them does: the queue of what waits, and the form to mute or ban somebody.
import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
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
  private asked = "";

  /** Each report and held message that comes or goes changes how many wait. */
  protected override watches({ state }: Client): readonly unknown[] {
    return [(state as Rooms["state"]).rooms.get(this.conversation.id)?.open];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { id } = this.conversation;
    const open = this.ctx.client.state.rooms.get(id)?.open;
    const question = `${id} ${open}`;
    if (question === this.asked) return;
    if (!this.asked.startsWith(`${id} `)) this.reports = null;
    this.asked = question;
    void this.load();
  }

  override render() {
    const { i18n } = this.ctx;
    if (this.error && !this.reports) return failure(this.error, i18n, this.load);
    if (!this.reports) return skeletonRows(3);
    if (this.reports.length + this.held.length + this.sanctions.length === 0)
      return notice({
        icon: "check",
        title: i18n.t("moderation.none.title"),
        text: i18n.t("moderation.none.text"),
      });
    return html`${this.queue("moderation.held", this.held, (one) =>
      heldItem(this.ctx, one, {
        approve: () => void this.approve(one),
        reject: () => void this.reject(one),
      }),
    )}
    ${this.queue("moderation.reports", this.reports, (one) =>
      reportItem(this.ctx, one, {
        remove: () => this.tell("expel", one.message),
        mute: () => this.tell("mute", one.member),
        ban: () => this.tell("ban", one.member),
        resolve: () => void this.resolve(one),
      }),
    )}
    ${this.queue("moderation.sanctions", this.sanctions, (one) =>
      sanctionItem(this.ctx, one, () => void this.lift(one)),
    )}`;
  }

  private queue<T>(
    key: "moderation.held" | "moderation.reports" | "moderation.sanctions",
    items: readonly T[],
    draw: (item: T) => unknown,
  ) {
    if (items.length === 0) return nothing;
    return html`<section><h3>${this.ctx.i18n.t(key)}</h3><ul role="list">${items.map(draw)}</ul></section>`;
  }

  private load = async (): Promise<void> => {
    const { id } = this.conversation;
    const { moderation } = this.ctx.client;
    try {
      const [{ reports, held }, sanctions] = await Promise.all([
        moderation.waiting(id),
        moderation.sanctions(id),
      ]);
      if (id !== this.conversation.id) return;
      this.error = null;
      this.reports = reports;
      this.held = held;
      this.sanctions = sanctions;
    } catch (error) {
      this.error = error;
    }
  };

  /** Does it, shows what then waits, and says so. */
  private async act(work: () => Promise<unknown>, text: string): Promise<void> {
    try {
      await work();
      this.tell("done", { text });
    } catch (error) {
      this.tell("failed", error);
    }
    await this.load();
  }

  private approve({ id }: Held): Promise<void> {
    const { client, i18n } = this.ctx;
    const work = () => client.moderation.judge(this.conversation.id, id, "approve");
    return this.act(work, i18n.t("moderation.approve.done"));
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
    if (sent) await this.act(async () => {}, i18n.t("moderation.reject.done"));
  }

  private resolve({ id }: Report): Promise<void> {
    const { client, i18n } = this.ctx;
    const work = () => client.moderation.resolve(this.conversation.id, id);
    return this.act(work, i18n.t("moderation.resolve.done"));
  }

  private lift({ id, member }: Sanction): Promise<void> {
    const { client, i18n } = this.ctx;
    const work = () => client.moderation.lift(this.conversation.id, id);
    return this.act(work, i18n.t("moderation.lift.done", { name: member.name }));
  }
}

define("parvis-moderation", ModerationPanel);
