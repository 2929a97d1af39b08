import { LitElement, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Client } from "#client";
import type { Context } from "./context.ts";
import { fetchPiece } from "./pieces.ts";

export type Doings = typeof import("./doings.ts");

/** A piece inside one of the elements. It draws again when what it `watches` of the client has changed. */
export abstract class Part extends LitElement {
  static override properties: PropertyDeclarations = {
    ctx: { attribute: false },
  };
  ctx!: Context;
  #client: Client | null = null;
  #seen: readonly unknown[] = [];

  /** Parts of the client's state, compared by identity. */
  protected abstract watches(client: Client): readonly unknown[];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#client?.removeEventListener("change", this.#onChange);
    this.#client = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("ctx")) this.#follow();
  }

  protected get client(): Client {
    return this.ctx.client;
  }

  /** Tells the element around it. Never leaves the shadow root. */
  protected tell<T>(name: string, detail?: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** Menus, questions, the way back: null, and told so, when they can't be fetched. */
  protected doings(): Promise<Doings | null> {
    return fetchPiece("doings").catch((error) => {
      this.tell("failed", error);
      return null;
    });
  }

  /** What a part inside this one tells goes on to the element around. */
  protected pass = ({ type, detail }: CustomEvent<unknown>): void => this.tell(type, detail);

  #follow(): void {
    const client = this.ctx?.client ?? null;
    if (client === this.#client || !this.isConnected) return;
    this.#client?.removeEventListener("change", this.#onChange);
    this.#client = client;
    client?.addEventListener("change", this.#onChange);
  }

  #onChange = (): void => {
    if (!this.#client) return;
    const now = this.watches(this.#client);
    if (now.length === this.#seen.length && now.every((one, index) => one === this.#seen[index]))
      return;
    this.#seen = now;
    this.requestUpdate();
  };
}
