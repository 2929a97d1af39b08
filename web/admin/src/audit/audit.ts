import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { AuditEntry, List, Operator } from "../wire.ts";
import { ACTIONS } from "./actions.ts";

const FILTERS = ["actor", "action", "from", "to"] as const;

/** Who did what, and when. */
export class AdminAudit extends Screen {
  static override properties: PropertyDeclarations = {};
  private last = "?";
  private readonly operators = new Loaded<Operator[]>(this, () => this.api.all("/operators"));
  private readonly log = new Loaded<List<AuditEntry>>(this, () =>
    this.api.get("/audit", { ...this.query, limit: 100 }),
  );

  protected override begin(): void {
    void this.operators.load();
  }

  private get query(): Record<string, string> {
    const { query } = this.place;
    const given = FILTERS.flatMap((name) =>
      query.get(name) ? [[name, moment(name, query.get(name) ?? "")]] : [],
    );
    return Object.fromEntries(given);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const now = this.place.query.toString();
    if (!changed.has("place") || now === this.last) return;
    this.last = now;
    void this.log.load();
  }

  override render() {
    const give = html`<button type="button" class="button outline" @click=${this.give}
      >${icon("download")}${this.t("members.export")}</button>`;
    return html`${this.head(this.t("nav.audit"), give, this.t("audit.hint"))}${this.filters()}
      ${this.when(this.log, ({ items, next }) =>
        items.length === 0
          ? html`<div class="card empty">${icon("audit")}<h2>${this.t("audit.none")}</h2></div>`
          : html`<div class="card table-scroll" tabindex="0" role="region" aria-label=${this.t("nav.audit")}><table
            ><thead><tr><th>${this.t("audit.when")}</th><th>${this.t("audit.who")}</th><th>${this.t("audit.what")}</th
            ><th>${this.t("audit.detail")}</th></tr></thead><tbody>${items.map((one) => this.row(one))}</tbody></table></div>
          ${
            next
              ? html`<p style="margin-block-start:12px"><button type="button" class="button soft" @click=${() =>
                  this.more(next)}>${this.t("more")}</button></p>`
              : nothing
          }`,
      )}`;
  }

  private filters() {
    const { query } = this.place;
    const actor = query.get("actor") ?? "";
    const put = (name: string) => (event: Event) =>
      this.set(name, (event.target as HTMLInputElement).value.trim());
    return html`<div class="filters" role="search"><span class="filter ${actor ? "on" : ""}"><select
      aria-label=${this.t("audit.who")} @change=${put("actor")}><option value="">${this.t("audit.who")}</option
        >${(this.operators.value ?? []).map(
          ({ id, name }) => html`<option value=${id} ?selected=${id === actor}
          >${name}</option>`,
        )}</select>${icon("down")}</span>
      ${this.actions(put("action"))}
      <label class="inline-field small">${this.t("audit.from")}<input class="input" type="date"
        .value=${query.get("from") ?? ""} @change=${put("from")} /></label>
      <label class="inline-field small">${this.t("audit.to")}<input class="input" type="date"
        .value=${query.get("to") ?? ""} @change=${put("to")} /></label></div>`;
  }

  /** One thing that is done, or all that is done to a kind. */
  private actions(put: (event: Event) => void) {
    const chosen = this.place.query.get("action") ?? "";
    const { i18n } = this.desk;
    const option = (value: string, label: string) =>
      html`<option value=${value} ?selected=${value === chosen}>${label}</option>`;
    const kinds = Object.entries(ACTIONS).map(([kind, deeds]) => ({
      kind,
      name: i18n.find(`audit.kind.${kind}`) ?? kind,
      deeds: deeds.map((deed) => `${kind}.${deed}`),
    }));
    const known = !chosen || kinds.some((one) => [one.kind, ...one.deeds].includes(chosen));
    return html`<span class="filter ${chosen ? "on" : ""}"><select aria-label=${this.t("audit.what")} @change=${put}
      >${option("", this.t("audit.what"))}${known ? nothing : option(chosen, chosen)}${kinds.map(
        ({ kind, name, deeds }) =>
          html`<optgroup label=${name}>${
            deeds.length > 1 ? option(kind, this.t("audit.kind.all", { kind: name })) : nothing
          }${deeds.map((deed) => option(deed, i18n.find(`audit.action.${deed}`) ?? deed))}</optgroup>`,
      )}</select>${icon("down")}</span>`;
  }

  private set(name: string, value: string): void {
    const query = new URLSearchParams(this.place.query);
    if (value) query.set(name, value);
    else query.delete(name);
    this.desk.router.adjust(query);
  }

  private row(one: AuditEntry) {
    const what = this.desk.i18n.find(`audit.action.${one.action}`) ?? one.action;
    return html`<tr><td class="numeric" style="white-space:nowrap;text-align:start">${this.desk.i18n.moment(one.at)}</td
      ><td>${one.actor.name}</td><td>${what}${
        what === one.action
          ? nothing
          : html`<br /><code class="code small muted"
        >${one.action}</code>`
      }</td><td class="small" style="overflow-wrap:anywhere;min-inline-size:200px"
          >${brief(one.detail)}</td></tr>`;
  }

  private readonly give = (): void => {
    void this.desk.try(
      () => this.api.download(`/audit/export?${new URLSearchParams(this.query)}`, "audit.csv"),
      this.t("members.exported"),
    );
  };

  private async more(cursor: string): Promise<void> {
    const page = await this.desk.try(() =>
      this.api.get<List<AuditEntry>>("/audit", { ...this.query, limit: 100, cursor }),
    );
    if (page)
      this.log.set({ items: [...(this.log.value?.items ?? []), ...page.items], next: page.next });
  }
}

/** A day of the field as a moment: its beginning, or its end. */
function moment(name: string, value: string): string {
  if (name === "from") return new Date(`${value}T00:00:00`).toISOString();
  return name === "to" ? new Date(`${value}T23:59:59.999`).toISOString() : value;
}

function brief(detail: unknown): string {
  if (typeof detail !== "object" || detail === null) return detail ? String(detail) : "";
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");
}

define("admin-audit", AdminAudit);
