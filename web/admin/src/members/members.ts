import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Audience, BulkDo, Facets, FilterForm, View } from "../wire.ts";
import { COLUMNS, type Column } from "./columns.ts";
import "./bulk.ts";
import { facetsOf } from "./facets.ts";
import { apiQuery, audienceOf, changed, readShown, type Shown, writeShown } from "./filter.ts";
import "./filters.ts";
import "./grid.ts";
import type { AdminGrid } from "./grid.ts";
import "./import.ts";
import { bulkMenu, exportAudience, type Target } from "./menu.ts";
import "./member.ts";
import "./new-member.ts";
import { Rows } from "./rows.ts";
import { Selection } from "./selection.ts";
import "./views.ts";
import "../broadcast/compose.ts";

type Window =
  | { kind: "message"; audience: Audience }
  | { kind: "bulk"; target: Target; what: BulkDo }
  | { kind: "import" }
  | { kind: "new" };

/** The members grid: views, filters, selection, and what one does with whom one found. */
export class AdminMembers extends Screen {
  static override properties: PropertyDeclarations = {
    selection: { state: true },
    window: { state: true },
  };
  private selection = Selection.nobody;
  private window: Window | null = null;
  private readonly views = new Loaded<View[]>(this, () => this.api.all("/views"));
  private readonly facets = new Loaded<Facets>(this, () => facetsOf(this.api));
  private rows!: Rows;
  private asked = "";

  protected override begin(): void {
    this.rows = new Rows(this.api);
    this.listen(this.rows, "change", () => this.requestUpdate());
    void this.views.load();
    void this.facets.load();
    this.every(15_000, () => this.rows.refresh());
    this.until(
      this.desk.live.on((event) => {
        if (event.type !== "presence") return;
        const { member_id: id, connected } = event as unknown as {
          member_id: string;
          connected: boolean;
        };
        this.rows.put({ id, connected });
        if (this.shown.filter.connected !== undefined) this.soon();
      }),
    );
  }

  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Who comes or goes belongs to the rows or no longer does: looked at again, once for many. */
  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.isConnected) this.rows.refresh();
    }, 800);
  }

  private get shown(): Shown {
    return readShown(this.place.query, this.views.value ?? []);
  }

  private get known(): View[] {
    return this.views.value ?? [];
  }

  protected override willUpdate(change: PropertyValues): void {
    super.willUpdate(change);
    if (this.views.value === undefined && this.place.query.has("view") && !this.views.problem)
      return;
    const { shown } = this;
    const query = { ...apiQuery(shown, this.known), sort: shown.sort };
    const asked = JSON.stringify(query);
    if (asked === this.asked) return;
    this.asked = asked;
    this.selection = Selection.nobody;
    this.rows.begin(query);
    this.querySelector<AdminGrid>("admin-grid")?.top();
  }

  override render() {
    const { shown } = this;
    return html`${this.head(this.t("nav.members"), this.buttons())}
      <admin-views .desk=${this.desk} .shown=${shown} .views=${this.known} .changed=${changed(shown, this.known)}
        @show=${(event: CustomEvent<Shown>) => this.show(event.detail)}
          @reload=${(event: CustomEvent<Promise<unknown>[]>) => event.detail.push(this.views.load())}></admin-views>
      <admin-filters .desk=${this.desk} .filter=${shown.filter} .facets=${this.facets.value}
        .known=${this.rows.attributes()}
        @filter=${(event: CustomEvent<FilterForm>) => this.show({ ...shown, filter: event.detail })}></admin-filters>
      <div class="card grid">${this.bar(shown)}${this.body(shown)}</div>
      ${this.open()}`;
  }

  private show(shown: Shown): void {
    this.desk.router.adjust(writeShown(shown, this.known));
  }

  private buttons() {
    if (!this.desk.may("admin")) return nothing;
    return html`<button type="button" class="button outline" @click=${() => this.put({ kind: "import" })}
      >${icon("upload")}${this.t("members.import")}</button>
      <button type="button" class="button" @click=${() => this.put({ kind: "new" })}
        >${icon("plus")}${this.t("members.new")}</button>`;
  }

  /** The three dots at the top left: what can be done with the selection, and with everybody in view. */
  private bar(shown: Shown) {
    const { i18n } = this.desk;
    const total = this.rows.count;
    const chosen = this.selection.size(total ?? 0);
    return html`<div class="grid-bar">
      <admin-menu .label=${this.t("members.menu")} .parts=${() => this.menu(shown)}></admin-menu>
      <p class="grow" role="status">${
        chosen > 0
          ? html`<b>${i18n.plural("members.chosen", chosen)}</b> <button type="button" class="link" @click=${() =>
              this.choose(Selection.nobody)}>${this.t("members.choose.none")}</button>
            ${
              this.selection.all || total === null || chosen === total
                ? nothing
                : html`<button type="button"
            class="link" @click=${() => this.choose(Selection.everybody)}
            >${this.t("members.choose.all", { n: i18n.number(total) })}</button>`
            }`
          : total === null
            ? this.t("loading")
            : i18n.plural("members.count", total)
      }</p>
      <admin-menu .label=${this.t("members.columns")} .look=${"button small outline"}
        .face=${html`${icon("columns")}<span>${this.t("members.columns")}</span>`} .parts=${() => [
          { choices: COLUMNS.map((column) => this.columnChoice(shown, column)) },
        ]}></admin-menu>
    </div>`;
  }

  private columnChoice(shown: Shown, column: Column) {
    const on = shown.columns.includes(column);
    const columns = on
      ? shown.columns.filter((one) => one !== column)
      : COLUMNS.filter((one) => one === column || shown.columns.includes(one));
    return {
      label: this.t(`members.column.${column}`),
      checked: on,
      run: () => this.show({ ...shown, columns }),
    };
  }

  private menu(shown: Shown) {
    const selection: Target | null = this.selection.all
      ? this.inView(shown)
      : this.selection.ids.size > 0
        ? { audience: { members: [...this.selection.ids] }, count: this.selection.ids.size }
        : null;
    return bulkMenu(this.desk, selection, this.inView(shown), {
      message: ({ audience }) => this.put({ kind: "message", audience }),
      bulk: (target, what) => this.put({ kind: "bulk", target, what }),
      export: (target) => void exportAudience(this.desk, target, shown.columns),
    });
  }

  private inView(shown: Shown): Target {
    const query = { ...apiQuery(shown, this.known), sort: shown.sort };
    return { audience: audienceOf(shown, this.known), count: this.rows.count ?? 0, query };
  }

  private body(shown: Shown) {
    if (this.rows.problem && this.rows.count === null)
      return html`<div class="empty" role="alert">${icon("alert")}<h2>${this.t("failed.title")}</h2><p
        >${this.desk.words(this.rows.problem)}</p>
        <button type="button" class="button soft" @click=${() => this.rows.begin(JSON.parse(this.asked))}
          >${this.t("retry")}</button></div>`;
    if (this.rows.count === 0)
      return html`<div class="empty">${icon("people")}<h2>${this.t("members.empty")}</h2><p
        >${this.t("members.empty.text")}</p></div>`;
    return html`<admin-grid style="display:contents" .desk=${this.desk} .rows=${this.rows} .selection=${this.selection}
      .columns=${shown.columns} .sort=${shown.sort}
      .populations=${this.facets.value?.populations ?? []}
      @choose=${(event: CustomEvent<Selection>) => this.choose(event.detail)}
      @choose-all=${(event: CustomEvent<boolean>) => this.choose(event.detail ? Selection.everybody : Selection.nobody)}
      @sort=${(event: CustomEvent<string>) => this.show({ ...shown, sort: event.detail })}></admin-grid>`;
  }

  private choose(selection: Selection): void {
    this.selection = selection;
  }

  private put(window: Window | null): void {
    this.window = window;
  }

  /** What stands over the grid: a window, or the member whom the address names. */
  private open() {
    const close = () => this.put(null);
    const done = () => {
      this.put(null);
      this.rows.refresh();
      void this.facets.load();
    };
    const { window } = this;
    if (window?.kind === "message")
      return html`<admin-compose .desk=${this.desk} .audience=${window.audience} @closing=${close}></admin-compose>`;
    if (window?.kind === "bulk")
      return html`<admin-bulk .desk=${this.desk} .target=${window.target} .what=${window.what}
        .facets=${this.facets.value} @closing=${close} @done=${done}></admin-bulk>`;
    if (window?.kind === "import")
      return html`<admin-import .desk=${this.desk} @closing=${close} @done=${done}></admin-import>`;
    if (window?.kind === "new")
      return html`<admin-new-member .desk=${this.desk} @closing=${close} @done=${done}></admin-new-member>`;
    const [id, tab = "profile"] = this.place.rest;
    if (!id) return nothing;
    return html`<admin-member .desk=${this.desk} .place=${this.place} .member=${id} .tab=${tab}
      .populations=${this.facets.value?.populations ?? []}
      @changed=${() => this.rows.refresh()} @closing=${() =>
        this.desk.router.go(this.desk.link("members") + location.search)}></admin-member>`;
  }
}

define("admin-members", AdminMembers);
