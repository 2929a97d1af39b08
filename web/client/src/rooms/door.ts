// Rooms are fetched when somebody shows one. Until then what is told of them is passed over.
import type { Problem } from "../problem.ts";
import type { PendingMessage } from "../types.ts";
import type { ServerEvent } from "../wire.ts";
import type { Keeper, RoomsHost } from "./keeper.ts";
import type { Rooms } from "./types.ts";
import type { Held } from "./wire.ts";

export class RoomsDoor {
  keeper: Keeper | null = null;
  readonly #host: () => RoomsHost;
  #loading: Promise<Rooms> | null = null;
  #pending: readonly PendingMessage[] = [];

  constructor(host: () => RoomsHost) {
    this.#host = host;
  }

  readonly open = (): Promise<Rooms> => {
    this.#loading ??= import("./keeper.ts").then(
      ({ Keeper }) => {
        this.keeper = new Keeper(this.#host());
        this.keeper.begin();
        this.keeper.pending(this.#pending);
        return this.keeper;
      },
      (error: Problem) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  };

  pending(pending: readonly PendingMessage[]): void {
    this.#pending = pending;
    this.keeper?.pending(pending);
  }

  /** True: it was about a room, and nobody else needs to know. */
  heard(event: ServerEvent): boolean {
    return this.keeper?.heard(event) ?? false;
  }

  held(held: Held | undefined): void {
    if (held) this.keeper?.heard({ type: "held.updated", held });
  }
}
