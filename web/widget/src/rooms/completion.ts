import { html, nothing, type ReactiveController, type ReactiveControllerHost } from "lit";
import type { MemberCard, Rooms } from "#client";
import { face } from "../face.ts";
import { completed, started } from "./address.ts";
import type { RoomContext } from "./scene.ts";

const PAUSE = 100;
/** All of them fit above the field. */
const MOST = 6;

interface Host extends ReactiveControllerHost {
  ctx: RoomContext;
}

/** The names that may be meant while one types "@": a list above the field, chosen by keys or by a press. */
export class Completion implements ReactiveController {
  found: readonly MemberCard[] = [];
  #active = 0;
  #at = 0;
  #asked = 0;
  /** Sent away: not offered again for the same word. */
  #refused = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: Host,
    private readonly field: () => HTMLTextAreaElement | null,
    private readonly room: () => string,
    private readonly put: (text: string, caret: number, member: MemberCard) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  hostUpdated(): void {
    const field = this.field();
    if (!field) return;
    field.setAttribute("aria-autocomplete", "list");
    if (this.open) {
      field.setAttribute("aria-controls", "found");
      field.setAttribute("aria-activedescendant", `found-${this.#active}`);
    } else {
      field.removeAttribute("aria-controls");
      field.removeAttribute("aria-activedescendant");
    }
  }

  get open(): boolean {
    return this.found.length > 0;
  }

  /** After every key and every move of the caret. */
  look(): void {
    const field = this.field();
    const word = field && started(field.value, field.selectionEnd);
    clearTimeout(this.#timer);
    if (!word || word.at === this.#refused) {
      if (!word) this.#refused = -1;
      return this.#show([]);
    }
    this.#at = word.at;
    this.#timer = setTimeout(() => void this.#ask(this.host.ctx.client, word.prefix), PAUSE);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#show([]);
  }

  /** True: the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (!this.open || event.isComposing) return false;
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined) this.#go(this.#active + move);
    else if (event.key === "Enter" || event.key === "Tab") this.#choose(this.#active);
    else if (event.key === "Escape") {
      this.#refused = this.#at;
      this.close();
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  draw() {
    const { ctx } = this.host;
    const { i18n } = ctx;
    const count = this.found.length;
    return html`<p class="quietly" role="status">${count ? i18n.plural("rooms.found", count) : ""}</p>
      ${
        count
          ? html`<ul class="found" id="found" role="listbox" aria-label=${i18n.t("rooms.found.label")}>${this.found.map(
              (
                one,
                index,
              ) => html`<li id="found-${index}" role="option" aria-selected=${index === this.#active ? "true" : "false"}
                @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => this.#choose(index)}>
                ${face(ctx, one)}<span class="who" dir="auto">${one.name}</span><bdi class="login">@${one.login}</bdi></li>`,
            )}</ul>`
          : nothing
      }`;
  }

  async #ask(client: Rooms, prefix: string): Promise<void> {
    const turn = ++this.#asked;
    try {
      const found = await client.logins(this.room(), prefix);
      if (turn === this.#asked) this.#show(found.slice(0, MOST));
    } catch {
      if (turn === this.#asked) this.#show([]);
    }
  }

  #show(found: readonly MemberCard[]): void {
    if (found.length === 0) this.#asked += 1;
    if (found.length === 0 && !this.open) return;
    this.found = found;
    this.#active = 0;
    this.host.requestUpdate();
  }

  #go(to: number): void {
    const count = this.found.length;
    this.#active = (to + count) % count;
    this.host.requestUpdate();
  }

  #choose(index: number): void {
    const member = this.found[index];
    const field = this.field();
    if (!member || !field) return;
    const { text, caret } = completed(field.value, field.selectionEnd, this.#at, member.login);
    this.close();
    this.put(text, caret, member);
  }
}
