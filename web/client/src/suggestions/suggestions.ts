// Whom one might want to meet, and the themes one chooses from: fetched when somebody looks.
import type { Calls } from "../http.ts";
import type { Dismissed, Page, Suggestion, ThemesOfDomain } from "../wire.ts";
import type { Suggestions } from "./types.ts";

const dismissal = (member: string) => `/suggestions/${encodeURIComponent(member)}/dismiss`;

export class SuggestionsKeeper implements Suggestions {
  readonly #call: Calls;

  constructor(call: Calls) {
    this.#call = call;
  }

  async list(limit: number): Promise<readonly Suggestion[]> {
    return (await this.#call<Page<Suggestion>>("/suggestions", { query: { limit } })).items;
  }

  async themes(): Promise<readonly ThemesOfDomain[]> {
    return (await this.#call<{ domains: ThemesOfDomain[] }>("/themes")).domains;
  }

  dismiss(member: string): Promise<void> {
    return this.#call(dismissal(member), { method: "POST" });
  }

  restore(member: string): Promise<void> {
    return this.#call(dismissal(member), { method: "DELETE" });
  }

  dismissed(cursor?: string): Promise<Page<Dismissed>> {
    return this.#call("/suggestions/dismissed", { query: { cursor } });
  }
}
