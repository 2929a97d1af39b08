import { html } from "lit";
import { define } from "../../../ui/src/define.ts";
import { SettingsScreen } from "../settings/drafting.ts";
import { icon } from "../shell/icons.ts";
import type { TextFilter } from "../wire.ts";

const KINDS = ["word", "link"] as const;
const ACTIONS = ["refuse", "hold", "mask"] as const;

/** Words and links that are refused, held back or masked. */
export class AdminWordFilters extends SettingsScreen {
  override render() {
    return this.when(this.settings, (settings) => {
      const filters = (this.draft ?? settings).moderation?.filters ?? [];
      return html`<section class="card stack"><p class="hint">${this.t("moderation.filters.hint")}</p>
        ${filters.map((filter, at) => this.row(filter, at, filters))}
        <div><button type="button" class="button small soft" @click=${() =>
          this.put("moderation.filters", [
            ...filters,
            { kind: "word", pattern: "", action: "mask" },
          ])}
            >${icon("plus")}${this.t("moderation.filters.add")}</button></div></section>${this.footer()}`;
    });
  }

  private row(filter: TextFilter, at: number, all: TextFilter[]) {
    const change = (part: Partial<TextFilter>) =>
      this.put("moderation.filters", all.with(at, { ...filter, ...part }));
    const n = at + 1;
    return html`<div class="row"><select class="input" style="inline-size:auto"
      aria-label="${this.t("moderation.filters.kind")} ${n}" @change=${(event: Event) =>
        change({
          kind: (event.target as HTMLSelectElement).value as TextFilter["kind"],
        })}>${KINDS.map(
        (one) =>
          html`<option value=${one} ?selected=${one === filter.kind}>${this.t(`moderation.filters.${one}`)}</option
            >`,
      )}</select>
      <input class="input medium" aria-label="${this.t("moderation.filters.pattern")} ${n}" .value=${filter.pattern}
        @change=${(event: Event) => change({ pattern: (event.target as HTMLInputElement).value.trim() })} />
      <select class="input" style="inline-size:auto" aria-label="${this.t("moderation.filters.action")} ${n}"
        @change=${(event: Event) => change({ action: (event.target as HTMLSelectElement).value as TextFilter["action"] })}
          >${ACTIONS.map(
            (one) => html`<option value=${one} ?selected=${one === filter.action}
            >${this.t(`moderation.filters.${one}`)}</option>`,
          )}</select>
      <button type="button" class="round" aria-label="${this.t("delete")} ${n}" @click=${() =>
        this.put("moderation.filters", all.toSpliced(at, 1))}>${icon("trash")}</button></div>`;
  }
}

define("admin-word-filters", AdminWordFilters);
