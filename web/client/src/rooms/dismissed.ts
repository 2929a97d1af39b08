// Which of one's own messages that were not accepted one has seen as such: the server tells of them again for days.

import type { Environment } from "../environment.ts";
import { asJson } from "../json.ts";
import type { Client } from "../types.ts";
import type { Held } from "./wire.ts";

/** The latest: older ones the server has forgotten. */
const MOST = 100;

export class Dismissed {
  readonly #client: Client;
  readonly #local: Storage;

  constructor({ client, environment }: { client: Client; environment: Environment }) {
    this.#client = client;
    this.#local = environment.local;
  }

  add(held: Held): void {
    const ids = this.#ids().filter((id) => id !== held.id);
    try {
      this.#local.setItem(this.#key, asJson([...ids, held.id].slice(-MOST)));
    } catch {
      // The storage is full: it shows again when one comes back.
    }
  }

  /** Those that are still to be shown. */
  without(all: readonly Held[]): Held[] {
    const ids = this.#ids();
    return all.filter(({ id }) => !ids.includes(id));
  }

  get #key(): string {
    const { options, me } = this.#client;
    return `parvis:dismissed:${options.origin}:${options.site}:${me?.id}`;
  }

  #ids(): string[] {
    try {
      const ids: unknown = JSON.parse(this.#local.getItem(this.#key) ?? "[]");
      return Array.isArray(ids) ? ids : [];
    } catch {
      return [];
    }
  }
}
