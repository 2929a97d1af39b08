// What happens on the site, as it happens.
import type { Environment } from "../../../client/src/environment.ts";
import { LiveSocket } from "../../../client/src/socket.ts";

export interface LiveEvent {
  type: string;
  [field: string]: unknown;
}

/** Tells "event" for each event, and "fresh" when what was known before may no longer hold. */
export class Live extends EventTarget {
  readonly #socket: LiveSocket;
  #token: string | null = null;

  constructor(
    environment: Environment,
    private readonly token: () => string | null,
  ) {
    super();
    this.#socket = new LiveSocket(environment, location.origin, {
      token: () => this.#token,
      event: (event) =>
        this.dispatchEvent(
          new CustomEvent<LiveEvent>("event", { detail: event as unknown as LiveEvent }),
        ),
      ready: (fresh) => fresh && this.dispatchEvent(new Event("fresh")),
      down: () => {},
      unauthorized: () => {},
    });
  }

  /** Follows who is signed in. */
  follow(): void {
    const token = this.token();
    if (token === this.#token) return;
    this.#token = token;
    this.#socket.stop();
    if (token) this.#socket.start();
  }

  on(heard: (event: LiveEvent) => void, fresh: () => void = () => {}): () => void {
    const listener = (event: Event) => heard((event as CustomEvent<LiveEvent>).detail);
    this.addEventListener("event", listener);
    this.addEventListener("fresh", fresh);
    return () => {
      this.removeEventListener("event", listener);
      this.removeEventListener("fresh", fresh);
    };
  }
}
