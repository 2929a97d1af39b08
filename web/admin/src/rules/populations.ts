import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import "../shell/modal.ts";
import { Screen } from "../shell/screen.ts";
import type { Population } from "../wire.ts";

/** The populations of a site. Tells "changed". */
export class AdminPopulations extends Screen {
  static override properties: PropertyDeclarations = {
    populations: { attribute: false },
    editing: { state: true },
  };
  populations: Population[] = [];
  private editing: Partial<Population> | null = null;

  override render() {
    return html`<div class="row spread" style="margin-block-end:12px"><p class="hint grow"
      >${this.t("rules.populations.hint")}</p><button type="button" class="button" @click=${() => this.edit({})}
        >${icon("plus")}${this.t("rules.populations.new")}</button></div>
      <ul class="card list">${this.populations.map(
        (one) => html`<li><div class="grow"><a class="name"
          href=${this.desk.link("members", [], { population: one.slug })}>${one.name}</a><p class="muted small code"
            >${one.slug}</p></div>
        <button type="button" class="round" aria-label="${this.t("edit")} ${one.name}" @click=${() => this.edit(one)}
          >${icon("edit")}</button>
        <button type="button" class="round" aria-label="${this.t("delete")} ${one.name}" @click=${() => this.drop(one)}
          >${icon("trash")}</button></li>`,
      )}</ul>
      ${this.editing ? this.window(this.editing) : nothing}`;
  }

  private edit(one: Partial<Population> | null): void {
    this.editing = one;
  }

  private window(one: Partial<Population>) {
    return html`<admin-modal .heading=${this.t(one.slug ? "edit" : "rules.populations.new")}
      .closeLabel=${this.t("close")}
      .draw=${() => html`<form id="population-form" class="stack" @submit=${this.onSubmit}><div class="field"><label
        for="population-name">${this.t("rules.populations.name")}</label><input class="input" id="population-name"
          name="name" required maxlength="80" .value=${one.name ?? ""} autofocus /></div>
        ${
          one.slug
            ? nothing
            : html`<div class="field"><label for="population-slug"
          >${this.t("rules.populations.slug")}</label><input class="input code" id="population-slug" name="slug"
            required pattern="[a-z0-9\\-]+" maxlength="60" /><span class="hint"
            >${this.t("rules.populations.slug.hint")}</span></div>`
        }</form>`}
      .foot=${() => html`<button class="button" form="population-form">${this.t("save")}</button>`} @closing=${() =>
        this.edit(null)}></admin-modal>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target as HTMLFormElement));
    const slug = this.editing?.slug;
    const done = await this.desk.try(
      () =>
        slug ? this.api.patch(`/populations/${slug}`, given) : this.api.post("/populations", given),
      this.t("saved"),
    );
    if (!done) return;
    this.edit(null);
    this.dispatchEvent(new Event("changed"));
  };

  private async drop(one: Population): Promise<void> {
    const yes = await this.desk.ask({
      title: this.t("rules.populations.delete", { name: one.name }),
      text: this.t("rules.populations.delete.text"),
      yes: this.t("delete"),
      no: this.t("cancel"),
    });
    if (!yes) return;
    if (await this.desk.try(() => this.api.remove(`/populations/${one.slug}`), this.t("deleted")))
      this.dispatchEvent(new Event("changed"));
  }
}

define("admin-populations", AdminPopulations);
