import type { Author, Conversation, Held, Message, Present } from "#client";
import type { Question } from "#ui/dialog/dialog.ts";
import { addTexts } from "../i18n/i18n.ts";
import { withdrawQuestion } from "../messages/menu.ts";
import type { Form } from "./form.ts";
import { groupForm, type Reported, removeForm, reportForm } from "./forms.ts";
import { othersIn, type RoomContext } from "./scene.ts";

interface Stage {
  ctx: () => RoomContext;
  room: () => string;
  ask: (question: Question) => Promise<boolean>;
  fill: (form: Form) => Promise<boolean>;
  tell: (name: "done" | "failed" | "conversation", detail: unknown) => void;
}

/** What is done with a message or a person, after a question. */
export class RoomActs {
  constructor(private readonly stage: Stage) {}

  readonly withdraw = async ({ detail }: CustomEvent<Message>): Promise<void> => {
    const { i18n, client } = this.stage.ctx();
    const sure = await this.stage.ask(withdrawQuestion(i18n));
    if (sure) await this.#try(() => client.withdraw(detail.conversation_id, detail.id));
  };

  /** An aside goes on as a conversation of its own. */
  readonly group = async ({ detail }: CustomEvent<Message>): Promise<void> => {
    const ctx = this.stage.ctx();
    const made: Conversation[] = [];
    const others = othersIn(detail, ctx.client.me?.id);
    const form = groupForm(ctx, others, (group) => made.push(group));
    const [group] = (await this.stage.fill(form)) ? made : [];
    if (!group) return;
    this.#done(ctx.i18n.t("rooms.group.done", { name: group.name ?? "" }));
    this.stage.tell("conversation", group.id);
  };

  readonly report = async ({ detail }: CustomEvent<Reported>): Promise<void> => {
    const ctx = this.stage.ctx();
    const form = reportForm(ctx, this.stage.room(), detail);
    if (await this.stage.fill(form)) this.#done(ctx.i18n.t("rooms.report.done"));
  };

  /** A moderator removes a message; "undo" brings it back. */
  readonly expel = async ({ detail }: CustomEvent<Message>): Promise<void> => {
    const ctx = this.stage.ctx();
    if (!(await this.stage.fill(removeForm(ctx, detail)))) return;
    const { id, conversation_id: room } = detail;
    this.#done(ctx.i18n.t("rooms.remove.done"), () => ctx.client.moderation.restore(room, id));
  };

  /** Mutes or bans the author of a message, or somebody. */
  readonly penalty = async (event: CustomEvent<Message | Present | Held>): Promise<void> => {
    const { detail, type } = event;
    const whom = "author" in detail ? detail.author : (detail as Present);
    const tools = await this.fetchModeration();
    if (!tools || !whom) return;
    const ctx = this.stage.ctx();
    const kind = type.startsWith("ban") ? "ban" : "mute";
    const form = tools.penaltyForm(ctx, this.stage.room(), whom as Author, kind);
    if (await this.stage.fill(form)) this.#done(tools.penaltyDone(ctx, kind, whom.name));
  };

  async fetchModeration() {
    try {
      const asked = [import("../moderation/moderation.ts"), addTexts("moderation")] as const;
      return (await Promise.all(asked))[0];
    } catch (error) {
      this.stage.tell("failed", error);
      return null;
    }
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.stage.tell("failed", error);
    }
  }

  #done(text: string, undo?: () => Promise<unknown>): void {
    this.stage.tell("done", { text, undo });
  }
}
