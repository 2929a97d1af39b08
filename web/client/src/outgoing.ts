// What goes out by whichever way is open: the socket when it is ready, HTTP otherwise. Both run the same code there.
import { type Api, draft } from "./api.ts";
import type { Environment } from "./environment.ts";
import { Problem } from "./problem.ts";
import type { LiveSocket } from "./socket.ts";
import { ReadMarks, TypingThrottle } from "./throttle.ts";
import type { PendingMessage } from "./types.ts";
import type { Answer } from "./wire.ts";

export class Outgoing {
  readonly reads = new ReadMarks((id, seq) => this.#read(id, seq));
  readonly #environment: Environment;
  readonly #api: Api;
  readonly #socket: LiveSocket;
  readonly #typing = new TypingThrottle();

  constructor(environment: Environment, api: Api, socket: LiveSocket) {
    this.#environment = environment;
    this.#api = api;
    this.#socket = socket;
  }

  async message(entry: PendingMessage): Promise<Answer> {
    if (!this.#socket.ready) return this.#api.send(entry);
    this.#typing.reset(entry.conversationId);
    const conversation_id = entry.conversationId;
    const answer = await this.#socket.command({
      type: "message.send",
      conversation_id,
      ...draft(entry),
    });
    if (!answer.message && !answer.held) throw Problem.unreachable();
    return answer;
  }

  typing(conversation_id: string): void {
    if (!this.#socket.ready || !this.#typing.allows(conversation_id, this.#environment.now()))
      return;
    this.#socket.signal({ type: "typing", conversation_id });
  }

  #read(conversation_id: string, seq: number): Promise<unknown> {
    if (!this.#socket.ready) return this.#api.read(conversation_id, seq);
    return this.#socket.command({ type: "conversation.read", conversation_id, seq });
  }
}
