import { html, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Screen } from "../shell/screen.ts";
import "./attributes.ts";
import type { Facets, FilterForm } from "../wire.ts";

interface Option {
  value: string;
  label: string;
}

/** What is asked of the rows. Tells "filter" with the whole of it. */
export class AdminFilters extends Screen {
  static override properties: PropertyDeclarations = {
    filter: { attribute: false },
    facets: { attribute: false },
    known: { attribute: false },
  };
  filter: FilterForm = {};
  facets: Facets | undefined;
  /** Names and values that rows were seen with. */
  known: Map<string, Set<string>> = new Map();
  private timer: ReturnType<typeof setTimeout> | undefined;

  override render() {
    const { filter } = this;
    return html`<div class="filters" role="search">
      <span class="search">${icon("search")}<input class="input" type="search" aria-label=${this.t("members.search")}
        placeholder=${this.t("members.search.short")}
        .value=${filter.query ?? ""} @input=${this.onWords} /></span>
      ${this.choice("population", this.counted("populations"))}
      ${this.choice("badge", this.counted("badges"))}
      ${this.choice("interest", this.counted("interests"))}
      ${this.flag("connected", [
        ["true", "members.active"],
        ["false", "members.absent"],
      ])}
      ${this.flag("last_seen", [
        ["1", "members.seen.1"],
        ["7", "members.seen.7"],
        ["30", "members.seen.30"],
        ["-30", "members.seen.not30"],
        ["never", "members.seen.never"],
      ])}
      ${this.flag("contactable", [
        ["true", "yes"],
        ["false", "no"],
      ])}
      ${this.flag("chat_enabled", [
        ["true", "yes"],
        ["false", "no"],
      ])}
      ${this.flag("sanction", [
        ["any", "members.sanction.any"],
        ["mute", "moderation.mute"],
        ["ban", "moderation.ban"],
        ["none", "none"],
      ])}
      <admin-attributes .desk=${this.desk} .value=${filter.attributes ?? {}} .known=${this.known}
        @put=${this.onAttributes}></admin-attributes>
      ${
        Object.keys(filter).length > 0
          ? html`<button type="button" class="button plain small" @click=${() =>
              this.tell({})}>${this.t("members.filter.clear")}</button>`
          : null
      }
    </div>`;
  }

  private counted(kind: "populations" | "badges" | "interests"): Option[] {
    const { facets } = this;
    if (!facets) return [];
    const { i18n } = this.desk;
    if (kind === "populations")
      return facets.populations.map(({ slug, name, count }) => ({
        value: slug,
        label: count === undefined ? name : `${name} (${i18n.number(count)})`,
      }));
    return facets[kind].map(({ value, count }) => ({
      value,
      label: `${value} (${i18n.number(count)})`,
    }));
  }

  private flag(
    name: "connected" | "last_seen" | "contactable" | "chat_enabled" | "sanction",
    options: [string, Parameters<typeof this.t>[0]][],
  ) {
    return this.choice(
      name,
      options.map(([value, key]) => ({ value, label: this.t(key) })),
      true,
    );
  }

  private choice(name: keyof FilterForm & string, options: Option[], named = false) {
    const given = this.filter[name];
    const value = given === undefined ? "" : String(given);
    const label = this.t(`members.filter.${name}` as Parameters<typeof this.t>[0]);
    const known = options.some((one) => one.value === value);
    return html`<span class="filter ${value ? "on" : ""}"><select aria-label=${label} @change=${(
      event: Event,
    ) => this.onChoice(name, event)}>
      <option value="" ?selected=${!value}>${value ? this.t("any") : label}</option>
      ${value && !known ? html`<option value=${value} selected>${value.replaceAll(",", ", ")}</option>` : null}
      ${options.map(
        (one) =>
          html`<option value=${one.value} ?selected=${one.value === value}>${
            named && one.value === value ? `${label}\u202f: ${one.label}` : one.label
          }</option>`,
      )}
    </select>${icon("down")}</span>`;
  }

  private onChoice(name: keyof FilterForm & string, event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    const next: Record<string, unknown> = { ...this.filter };
    delete next[name];
    const flag = ["connected", "contactable", "chat_enabled"].includes(name);
    if (value) next[name] = flag ? value === "true" : value;
    this.tell(next as FilterForm);
  }

  private readonly onAttributes = (event: CustomEvent<FilterForm["attributes"]>): void => {
    const { attributes: _, ...rest } = this.filter;
    const given = event.detail ?? {};
    this.tell(Object.keys(given).length > 0 ? { ...rest, attributes: given } : rest);
  };

  private readonly onWords = (event: Event): void => {
    const query = (event.target as HTMLInputElement).value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { query: _, ...rest } = this.filter;
      this.tell(query.trim() ? { ...rest, query } : rest);
    }, 250);
  };

  private tell(filter: FilterForm): void {
    this.dispatchEvent(new CustomEvent<FilterForm>("filter", { detail: filter }));
  }
}

define("admin-filters", AdminFilters);
