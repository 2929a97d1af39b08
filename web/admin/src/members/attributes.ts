import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import "../shell/modal.ts";
import { Screen } from "../shell/screen.ts";
import type { FilterForm } from "../wire.ts";

type Asked = NonNullable<FilterForm["attributes"]>;

/** What the website says of members, asked for by name and value. Tells "put" with the whole of it. */
export class AdminAttributes extends Screen {
  static override properties: PropertyDeclarations = {
    value: { attribute: false },
    known: { attribute: false },
    naming: { state: true },
  };
  value: Asked = {};
  /** Names and values that rows were seen with. */
  known: Map<string, Set<string>> = new Map();
  private naming: string | null = null;

  override render() {
    return html`${Object.entries(this.value).map(([name, values]) => this.chosen(name, values))}
      <button type="button" class="filter more" @click=${() => {
        this.naming = "";
      }}>${icon("plus")}${this.t("members.filter.attributes")}</button>${
        this.naming === null ? nothing : this.window()
      }`;
  }

  private chosen(name: string, values: string | string[]) {
    const text = `${name}\u202f: ${[values].flat().join(", ")}`;
    return html`<span class="filter on word">${text}<button type="button" aria-label=${this.t("members.words.remove", { word: text })}
      @click=${() => {
        const { [name]: _, ...rest } = this.value;
        this.tell(rest);
      }}>${icon("close")}</button></span>`;
  }

  private window() {
    return html`<admin-modal .heading=${this.t("members.filter.attributes")} .hint=${this.t("members.filter.attributes.hint")}
      .closeLabel=${this.t("close")} .draw=${() => this.form()}
      .foot=${() => html`<button class="button" form="attribute-form">${this.t("members.filter.attributes.do")}</button>`}
      @closing=${this.close}></admin-modal>`;
  }

  private form() {
    const values = [...(this.known.get(this.naming ?? "") ?? [])];
    const list = (id: string, words: string[]) =>
      html`<datalist id=${id}>${words.map((word) => html`<option value=${word}></option>`)}</datalist>`;
    return html`<form id="attribute-form" class="two" @submit=${this.onSubmit}>
      <div class="field"><label for="attribute-name">${this.t("members.filter.attributes.name")}</label><input
        class="input" id="attribute-name" name="name" required maxlength="80" list="attribute-names" autocomplete="off"
        @input=${(event: Event) => {
          this.naming = (event.target as HTMLInputElement).value;
        }} />${list("attribute-names", [...this.known.keys()])}</div>
      <div class="field"><label for="attribute-value">${this.t("members.filter.attributes.value")}</label><input
        class="input" id="attribute-value" name="value" required maxlength="200" list="attribute-values"
        autocomplete="off" />${list("attribute-values", values)}</div></form>`;
  }

  private readonly close = (): void => {
    this.naming = null;
  };

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const name = String(form.get("name")).trim();
    const value = String(form.get("value")).trim();
    if (!name || !value) return;
    const before = [this.value[name] ?? []].flat();
    const values = before.includes(value) ? before : [...before, value];
    this.close();
    this.tell({ ...this.value, [name]: values.length === 1 ? value : values });
  };

  private tell(detail: Asked): void {
    this.dispatchEvent(new CustomEvent<Asked>("put", { detail }));
  }
}

define("admin-attributes", AdminAttributes);
