import type { ReactiveControllerHost } from "lit";
import type { Client } from "#client";

const MOST_AT_ONCE = 50;

/** The pages of a conversation's history, one asked for at a time. */
export class Pages {
  loading = false;
  error: unknown = null;
  #id = "";
  #older: Promise<void> = Promise.resolve();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly client: () => Client,
  ) {}

  /** Another conversation. */
  begin(id: string): void {
    this.#id = id;
    this.loading = false;
    this.error = null;
  }

  async load(): Promise<void> {
    if (!this.loading && !this.error && this.client().me) await this.#ask(undefined);
  }

  /** The page before; whoever asks meanwhile waits for the same one. */
  async older(): Promise<void> {
    const thread = this.client().state.threads.get(this.#id);
    const first = thread?.messages[0];
    if (!this.loading && first && thread.hasOlder) this.#older = this.#ask(first.seq);
    await this.#older;
  }

  /** Page by page until something is there, though not for ever. */
  async back(isThere: () => boolean): Promise<void> {
    for (let page = 0; page < MOST_AT_ONCE && !isThere() && !this.error; page++) {
      await this.older();
      await this.host.updateComplete;
    }
  }

  readonly again = (): void => {
    this.error = null;
    this.host.requestUpdate();
  };

  async #ask(before: number | undefined): Promise<void> {
    const id = this.#id;
    this.loading = true;
    this.host.requestUpdate();
    let wrong: unknown = null;
    await this.client()
      .loadHistory(id, before)
      .catch((error) => {
        wrong = error;
      });
    if (id !== this.#id) return;
    this.loading = false;
    this.error = wrong;
    this.host.requestUpdate();
  }
}
