import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import type { Choice } from "../shell/menu.ts";
import { Screen } from "../shell/screen.ts";
import type { View } from "../wire.ts";
import { DEFAULT_COLUMNS } from "./columns.ts";
import type { Shown } from "./filter.ts";

/** Saved views as tabs. Tells "show" with what to show, and "reload" when the views themselves changed. */
export class AdminViews extends Screen {
  static override properties: PropertyDeclarations = {
    views: { attribute: false },
    shown: { attribute: false },
    changed: { attribute: false },
    naming: { state: true },
  };
  views: View[] = [];
  shown!: Shown;
  changed = false;
  private naming: { id: string | null; name: string; shared: boolean } | null = null;

  override render() {
    const { shown } = this;
    const current = this.views.find((one) => one.id === shown.view);
    return html`<div class="row" style="flex-wrap:nowrap;align-items:flex-start"><nav class="tabs grow"
      aria-label=${this.t("members.views")}>
        ${this.tab(null, this.t("members.views.everyone"))}${this.views.map((view) => this.tab(view, view.name))}</nav>
      ${
        this.changed && current
          ? html`<button type="button" class="button small soft"
        @click=${() => this.save(current)}>${this.t("save")}</button>`
          : nothing
      }
      <admin-menu .label=${this.t("members.views.menu")} .parts=${() => [{ choices: this.choices(current) }]}
        ></admin-menu></div>
      ${this.naming ? this.window() : nothing}`;
  }

  private tab(view: View | null, name: string) {
    const here = (view?.id ?? null) === this.shown.view;
    const href = this.desk.link("members", [], view ? { view: view.id } : {});
    return html`<a href=${href} aria-current=${here ? "page" : nothing}>${name}${
      here && this.changed
        ? html`<span aria-label=${this.t("members.views.changed")} role="img">•</span>`
        : nothing
    }${view && view.shared === false ? html`<span class="chip">${this.t("members.views.mine")}</span>` : nothing}</a>`;
  }

  private choices(current: View | undefined): Choice[] {
    const choices: Choice[] = [
      {
        label: this.t("members.views.new"),
        icon: "plus",
        run: () => this.name(null, ""),
      },
    ];
    if (!current) return choices;
    choices.push(
      {
        label: this.t("members.views.rename"),
        icon: "edit",
        run: () => this.name(current.id, current.name, current.shared),
      },
      {
        label: this.t("members.views.delete"),
        icon: "trash",
        danger: true,
        run: () => this.drop(current),
      },
    );
    return choices;
  }

  private name(id: string | null, name: string, shared = true): void {
    this.naming = { id, name, shared };
  }

  private window() {
    const { naming } = this;
    if (!naming) return nothing;
    return html`<admin-modal .heading=${this.t(naming.id ? "members.views.rename" : "members.views.new")}
      .hint=${this.t("members.views.hint")} .closeLabel=${this.t("close")}
      .draw=${() => html`<form id="view-form" class="stack" @submit=${this.onName}>
        <div class="field"><label for="view-name">${this.t("members.views.name")}</label><input class="input"
          id="view-name" name="name" required maxlength="80" .value=${naming.name} autofocus /></div>
        <label class="check"><input type="checkbox" name="shared" .checked=${naming.shared} /><span
          >${this.t("members.views.shared")}<small>${this.t("members.views.shared.hint")}</small></span></label></form>`}
      .foot=${() => html`<button class="button" form="view-form">${this.t("save")}</button>`}
      @closing=${() => {
        this.naming = null;
      }}></admin-modal>`;
  }

  private get body() {
    const { filter, columns, sort } = this.shown;
    return { filter, columns, sort };
  }

  private readonly onName = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const name = String(form.get("name")).trim();
    const shared = form.has("shared");
    const id = this.naming?.id;
    if (!name) return;
    const view = await this.desk.try(
      () =>
        id
          ? this.api.patch<View>(`/views/${id}`, { name, shared })
          : this.api.post<View>("/views", { name, shared, ...this.body }),
      this.t("saved"),
    );
    if (!view) return;
    this.naming = null;
    await this.renewed();
    if (!id) this.desk.router.adjust(new URLSearchParams({ view: view.id }));
  };

  private async save(view: View): Promise<void> {
    const done = await this.desk.try(
      () => this.api.patch(`/views/${view.id}`, this.body),
      this.t("saved"),
    );
    if (!done) return;
    await this.renewed();
    this.desk.router.adjust(new URLSearchParams({ view: view.id }));
  }

  private async drop(view: View): Promise<void> {
    const yes = await this.desk.ask({
      title: this.t("members.views.delete.title", { name: view.name }),
      text: this.t("members.views.delete.text"),
      yes: this.t("delete"),
      no: this.t("cancel"),
    });
    if (!yes) return;
    const done = await this.desk.try(() => this.api.remove(`/views/${view.id}`), this.t("deleted"));
    if (!done) return;
    await this.renewed();
    this.dispatchEvent(
      new CustomEvent("show", {
        detail: { view: null, filter: {}, sort: "name", columns: [...DEFAULT_COLUMNS] },
      }),
    );
  }

  /** The views are read again; whoever shows them waits for it. */
  private async renewed(): Promise<void> {
    const waits: Promise<unknown>[] = [];
    this.dispatchEvent(new CustomEvent("reload", { detail: waits }));
    await Promise.all(waits);
  }
}

define("admin-views", AdminViews);
