import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import "../shell/modal.ts";
import { Screen } from "../shell/screen.ts";
import type { BulkDo, Facets } from "../wire.ts";
import type { Target } from "./menu.ts";

/** One change for many members. */
export class AdminBulk extends Screen {
  static override properties: PropertyDeclarations = {
    target: { attribute: false },
    what: { attribute: false },
    facets: { attribute: false },
    busy: { state: true },
  };
  target!: Target;
  what!: BulkDo;
  facets: Facets | undefined;
  private busy = false;

  override render() {
    const count = this.desk.i18n.plural("members.count", this.target.count);
    return html`<admin-modal .heading=${this.t(`members.do.${this.what}`)} .hint=${this.t("members.do.to", { count })}
      .closeLabel=${this.t("close")}
      .draw=${() => this.form()}
      .foot=${() => html`<button class="button" form="bulk-form" ?disabled=${this.busy}
        >${this.t(`members.do.${this.what}.yes`)}</button>`}
      @closing=${() => this.dispatchEvent(new Event("closing"))}></admin-modal>`;
  }

  private form() {
    return html`<form id="bulk-form" @submit=${this.onSubmit}>${
      this.what.endsWith("population")
        ? html`<div class="field"><label for="bulk-value">${this.t("members.population")}</label><select class="input"
          id="bulk-value" name="value" required>
          ${(this.facets?.populations ?? []).map(
            ({ slug, name }) => html`<option value=${slug}>${name}</option
            >`,
          )}</select></div>`
        : this.what.endsWith("badge")
          ? html`<div class="field"><label for="bulk-value">${this.t("members.badge")}</label><input class="input"
            id="bulk-value" name="value" required maxlength="60" list="bulk-badges" autocomplete="off" />
          <datalist id="bulk-badges">${(this.facets?.badges ?? []).map(
            ({ value }) => html`<option value=${value}
            ></option>`,
          )}</datalist></div>`
          : html`<p>${this.t(`members.do.${this.what as "enable_chat"}.text`)}</p>`
    }${nothing}</form>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const value = new FormData(event.target as HTMLFormElement).get("value");
    this.busy = true;
    const body = {
      ...this.target.audience,
      do: this.what,
      ...(value ? { value: String(value).trim() } : {}),
    };
    const done = await this.desk.try(() =>
      this.api.post<{ matched: number; changed: number }>("/members/bulk", body),
    );
    this.busy = false;
    if (!done) return;
    this.desk.toast(this.desk.i18n.plural("members.do.done", done.changed));
    this.dispatchEvent(new Event("done"));
  };
}

define("admin-bulk", AdminBulk);
