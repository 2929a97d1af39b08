// Saying something, and changing what one has said.
import type { Api } from "./api.ts";
import type { Environment } from "./environment.ts";
import { Outbox } from "./outbox.ts";
import type { Outgoing } from "./outgoing.ts";
import { Problem } from "./problem.ts";
import type { RoomsDoor } from "./rooms/door.ts";
import type { Store } from "./store.ts";
import type { PendingMessage } from "./types.ts";
import type { ServerEvent } from "./wire.ts";

export class Voice {
  outbox: Outbox | null = null;
  readonly #environment: Environment;
  readonly #api: Api;
  readonly #outgoing: Outgoing;
  readonly #store: Store;
  readonly #rooms: RoomsDoor;

  constructor(
    environment: Environment,
    api: Api,
    outgoing: Outgoing,
    store: Store,
    rooms: RoomsDoor,
  ) {
    this.#environment = environment;
    this.#api = api;
    this.#outgoing = outgoing;
    this.#store = store;
    this.#rooms = rooms;
  }

  /** `owner` tells apart server, site and member. */
  begin(owner: string): void {
    this.outbox = new Outbox(this.#environment, owner, {
      deliver: (entry) => this.#outgoing.message(entry),
      sent: ({ message, held }) => {
        if (message) this.#apply({ type: "message.created", message });
        this.#rooms.held(held);
      },
      changed: this.#pending,
      ready: () => this.outbox !== null,
    });
    this.#pending(this.outbox.entries());
  }

  end(): void {
    this.outbox?.close();
    this.outbox = null;
  }

  send(
    conversationId: string,
    body: string,
    replyTo: string | null = null,
    whisper = false,
  ): PendingMessage {
    if (!this.outbox) throw Problem.signedOut();
    return this.outbox.add(conversationId, body, replyTo, whisper);
  }

  async edit(conversationId: string, messageId: string, body: string): Promise<void> {
    const message = await this.#api.edit(conversationId, messageId, body);
    this.#apply({ type: "message.updated", message });
  }

  async withdraw(conversationId: string, messageId: string): Promise<void> {
    const message = await this.#api.withdraw(conversationId, messageId);
    if (message) this.#apply({ type: "message.updated", message });
  }

  /** Where it belongs: in a room, or among one's own conversations. */
  #apply(event: ServerEvent): void {
    if (!this.#rooms.heard(event)) this.#store.dispatch(event);
  }

  readonly #pending = (pending: readonly PendingMessage[]): void => {
    this.#store.dispatch({ type: "local.pending", pending });
    this.#rooms.pending(pending);
  };
}
