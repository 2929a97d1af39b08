import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import "../shell/modal.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { CannedAnswer } from "../wire.ts";

/** The team's ready answers. */
export class AdminAnswers extends Screen {
  static override properties: PropertyDeclarations = { editing: { state: true } };
  private editing: Partial<CannedAnswer> | null = null;
  private readonly all = new Loaded<CannedAnswer[]>(this, () => this.api.all("/canned-answers"));

  protected override begin(): void {
    void this.all.load();
  }

  override render() {
    return html`<p><a class="link" href=${this.desk.link("messages")}>${this.t("conversations.back")}</a></p>
      ${this.head(
        this.t("conversations.canned"),
        html`<button type="button" class="button" @click=${() =>
          this.edit({})}>${icon("plus")}${this.t("conversations.canned.new")}</button
          >`,
        this.t("conversations.canned.hint"),
      )}
      ${this.when(this.all, (all) =>
        all.length === 0
          ? html`<div class="card empty">${icon("star")}<h2>${this.t("conversations.canned.none")}</h2></div>`
          : html`<ul class="card list">${all.map(
              (
                one,
              ) => html`<li><div class="grow"><b>${one.title}</b><p class="muted small">${one.body}</p></div>
              <button type="button" class="round" aria-label=${`${this.t("edit")} ${one.title}`} @click=${() =>
                this.edit(one)}>${icon("edit")}</button>
              <button type="button" class="round" aria-label=${`${this.t("delete")} ${one.title}`} @click=${() =>
                this.drop(one)}>${icon("trash")}</button></li>`,
            )}</ul>`,
      )}${this.editing ? this.window(this.editing) : nothing}`;
  }

  private edit(one: Partial<CannedAnswer> | null): void {
    this.editing = one;
  }

  private window(one: Partial<CannedAnswer>) {
    return html`<admin-modal .heading=${this.t(one.id ? "edit" : "conversations.canned.new")}
      .closeLabel=${this.t("close")}
      .draw=${() => html`<form id="answer-form" class="stack" @submit=${this.onSubmit}><div class="field"><label
        for="answer-title">${this.t("conversations.canned.title")}</label><input class="input" id="answer-title"
          name="title" required maxlength="80" .value=${one.title ?? ""} autofocus /></div>
        <div class="field"><label for="answer-body">${this.t("conversations.canned.body")}</label><textarea
          class="input" id="answer-body" name="body" required maxlength="4000" .value=${one.body ?? ""}></textarea></div
            ></form>`}
      .foot=${() => html`<button class="button" form="answer-form">${this.t("save")}</button>`} @closing=${() =>
        this.edit(null)}></admin-modal>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target as HTMLFormElement));
    const id = this.editing?.id;
    const done = await this.desk.try(
      () =>
        id ? this.api.put(`/canned-answers/${id}`, given) : this.api.post("/canned-answers", given),
      this.t("saved"),
    );
    if (!done) return;
    this.edit(null);
    await this.all.load();
  };

  private async drop(one: CannedAnswer): Promise<void> {
    if (await this.desk.try(() => this.api.remove(`/canned-answers/${one.id}`), this.t("deleted")))
      await this.all.load();
  }
}

define("admin-answers", AdminAnswers);
