import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { Screen } from "../shell/screen.ts";
import type { List, Member } from "../wire.ts";

let serial = 0;

/** Finds one member by name. Tells "pick" with the member, or null. */
export class AdminPick extends Screen {
  static override properties: PropertyDeclarations = {
    label: { attribute: false },
    value: { attribute: false },
    found: { state: true },
    at: { state: true },
  };
  label = "";
  value: Member | null = null;
  private found: Member[] = [];
  private at = -1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;
  private readonly name = `pick-${++serial}`;

  override render() {
    const open = this.found.length > 0;
    return html`<div class="field" style="position:relative"><label for=${this.name}>${this.label}</label>
      <input class="input" id=${this.name} role="combobox" autocomplete="off" aria-expanded=${String(open)}
        aria-controls="${this.name}-list" aria-autocomplete="list"
        aria-activedescendant=${this.at >= 0 ? `${this.name}-${this.at}` : nothing}
          placeholder=${this.t("members.pick")} .value=${this.value?.name ?? ""} @input=${this.onInput}
            @keydown=${this.onKey} @blur=${() => setTimeout(() => this.shut(), 150)} />
      <ul id="${this.name}-list" role="listbox" aria-label=${this.label} class="menu"
        style="position:absolute;inset-block-start:100%;inset-inline:0;z-index:4;margin-block-start:4px"
          ?hidden=${!open}>
        ${this.found.map(
          (
            one,
            at,
          ) => html`<li role="option" id="${this.name}-${at}" aria-selected=${String(at === this.at)}
            style="display:flex;gap:10px;padding:8px 10px;border-radius:8px;cursor:pointer;${
              at === this.at ? "background:var(--p-hover)" : ""
            }" @pointerdown=${() => this.pick(one)}>
          <b>${one.name}</b><span class="muted">@${one.login}</span></li>`,
        )}</ul></div>`;
  }

  private readonly onInput = (event: Event): void => {
    const query = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.timer);
    if (this.value) this.tell(null);
    const turn = ++this.turn;
    this.timer = setTimeout(async () => {
      const page = query
        ? await this.api.get<List<Member>>("/members", { query, limit: 8 }).catch(() => null)
        : null;
      if (turn !== this.turn) return;
      this.found = page?.items ?? [];
      this.at = this.found.length > 0 ? 0 : -1;
    }, 200);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = this.found[this.at];
    if (step && this.found.length > 0)
      this.at = (this.at + step + this.found.length) % this.found.length;
    else if (event.key === "Enter" && chosen) this.pick(chosen);
    else if (event.key === "Escape" && this.found.length > 0) this.shut();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private shut(): void {
    this.found = [];
    this.at = -1;
  }

  private pick(member: Member): void {
    this.shut();
    const input = this.querySelector("input");
    if (input) input.value = member.name;
    this.tell(member);
  }

  private tell(member: Member | null): void {
    this.value = member;
    this.dispatchEvent(new CustomEvent("pick", { detail: member }));
  }
}

define("admin-pick", AdminPick);
