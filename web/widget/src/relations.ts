import type { Client } from "#client";

/** A switch of the site moves everybody at once: their questions come spread out. */
const SPREAD = 1_000;

/** Hears when what one may do towards somebody may have changed: for whoever shows members. */
export class Relations {
  #client: Client | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `changed` is given a member's id, or null for everybody. */
  constructor(private readonly changed: (member: string | null) => void) {}

  follow(client: Client | null): void {
    if (client === this.#client) return;
    this.#client?.removeEventListener("relations", this.#heard);
    clearTimeout(this.#timer);
    this.#client = client;
    client?.addEventListener("relations", this.#heard);
  }

  #heard = (event: Event): void => {
    const { detail } = event as CustomEvent<string | null>;
    if (detail !== null) return this.changed(detail);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.changed(null), Math.random() * SPREAD);
  };
}
