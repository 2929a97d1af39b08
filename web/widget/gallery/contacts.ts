import { type ContactRequest, type Contacts, Problem, type RequestBox } from "#client";
import type { GalleryClient } from "./client.ts";
import { ago, me, people } from "./people.ts";

/** Contact requests and blocks that look like something. For the gallery alone. */
export class GalleryContacts implements Contacts {
  readonly #client: GalleryClient;

  constructor(client: GalleryClient) {
    this.#client = client;
  }

  async loadRequests(box: RequestBox) {
    const items = people.slice(3, 6).map(
      (one, index): ContactRequest => ({
        id: `${box}-${one.id}`,
        from: box === "received" ? one : me,
        to: box === "received" ? me : one,
        note: index === 1 ? null : "Nous nous sommes croisés à la table ronde.",
        state: "pending",
        created_at: ago(index * 500 + 3),
        answered_at: null,
      }),
    );
    const { state } = this.#client;
    const requests = { ...state.requests, [box]: { items, next: null } };
    this.#client.change({ state: { ...state, requests } });
  }
  async ask(): Promise<ContactRequest> {
    throw new Problem({ code: "rate_limited", status: 429, retry_after: 400_000 });
  }
  async answer(): Promise<ContactRequest> {
    throw new Problem({ code: "unreachable", status: 0 });
  }
  async blocks() {
    const items = people.slice(6, 8).map((member) => ({ member, blocked_at: ago(900) }));
    return { items, next: null };
  }
  async block() {}
  async unblock() {}
  knowBlocks() {}
}
