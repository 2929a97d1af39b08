import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type Client, type MemberWithRelation, Problem } from "#client";
import { Relations } from "../relations.ts";

/** One member as they are now: asked again whenever what one may do towards them may have changed. */
export class Followed implements ReactiveController {
  /** Null: not known yet, or nobody whom one may see. */
  member: MemberWithRelation | null = null;
  #client: Client | null = null;
  #who = "";
  #by = "";
  #asked = 0;
  readonly #relations = new Relations((id) => {
    if (id === null || id === this.member?.id) void this.ask();
  });

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly failed: (error: unknown) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#relations.follow(this.#client);
  }

  hostDisconnected(): void {
    this.#relations.follow(null);
  }

  /** By id or "@login"; `known` stands for them until the answer comes. */
  follow(client: Client | null, who: string, known: MemberWithRelation | null = null): void {
    const by = client?.me?.id ?? "";
    if (client === this.#client && who === this.#who && by === this.#by) return;
    this.#client = client;
    this.#by = by;
    this.#who = who;
    this.member = known;
    this.#relations.follow(client);
    void this.ask();
  }

  async ask(): Promise<void> {
    const turn = ++this.#asked;
    if (!this.#client || !this.#who) return;
    try {
      const member = await this.#client.member(this.#who);
      if (turn === this.#asked) this.member = member;
    } catch (error) {
      // Nobody of that name, or nobody one may see: there is nothing to show, and nothing to say.
      if (turn !== this.#asked) return;
      if (Problem.of(error).status === 404) this.member = null;
      else this.failed(error);
    }
    this.host.requestUpdate();
  }
}
