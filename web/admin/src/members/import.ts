import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { save } from "../shell/api.ts";
import { icon } from "../shell/icons.ts";
import "../shell/modal.ts";
import { Screen } from "../shell/screen.ts";
import type { ImportReport } from "../wire.ts";
import { SAMPLE, written } from "./csv.ts";

/** A list of members taken in: first what would change, then the change. */
export class AdminImport extends Screen {
  static override properties: PropertyDeclarations = {
    file: { state: true },
    report: { state: true },
    busy: { state: true },
    problem: { state: true },
    done: { state: true },
    over: { state: true },
  };
  private file: File | null = null;
  private report: ImportReport | null = null;
  private busy = false;
  private problem = "";
  private done = false;
  private over = false;

  override render() {
    return html`<admin-modal .kind=${"wide"} .heading=${this.t("members.import")} .hint=${this.t("members.import.hint")}
      .closeLabel=${this.t("close")}
      .draw=${() => (this.report ? this.preview(this.report) : this.choose())} .foot=${() => this.bottom()}
        @closing=${this.close}></admin-modal>`;
  }

  private readonly close = (): void => {
    this.dispatchEvent(new Event(this.done ? "done" : "closing"));
  };

  private choose() {
    return html`<div class="stack"><label class="empty card" style=${this.over ? "outline:2px dashed var(--p-accent)" : ""}
        @dragover=${(event: DragEvent) => this.drag(event, true)} @dragleave=${(event: DragEvent) =>
          this.drag(event, false)} @drop=${this.onDrop}>
        ${icon("upload")}<b>${this.busy ? this.t("members.import.reading") : this.t("members.import.choose")}</b><span
          class="hint">${this.t("members.import.drop")}</span>
        <input class="quietly" type="file" accept=".csv,.tsv,text/csv" ?disabled=${this.busy} @change=${this.onFile}
          /></label>
      ${this.problem ? html`<p class="error" role="alert">${icon("alert")}<span>${this.problem}</span></p>` : nothing}
      <p class="hint">${this.t("members.import.columns")}</p>
      <p><button type="button" class="link" @click=${() =>
        save(new Blob([SAMPLE], { type: "text/csv" }), "members-example.csv")}
          >${this.t("members.import.sample")}</button></p></div>`;
  }

  private drag(event: DragEvent, over: boolean): void {
    event.preventDefault();
    this.over = over;
  }

  private readonly onDrop = (event: DragEvent): void => {
    this.drag(event, false);
    const file = event.dataTransfer?.files[0];
    if (file) void this.look(file);
  };

  private readonly onFile = (event: Event): void => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file) void this.look(file);
  };

  private async look(file: File): Promise<void> {
    this.file = file;
    await this.send(true);
  }

  private async send(dry: boolean): Promise<void> {
    if (!this.file) return;
    this.busy = true;
    this.problem = "";
    try {
      this.report = await this.api.call<ImportReport>("/members/import", {
        method: "POST",
        query: { dry_run: dry },
        file: new Blob([this.file], { type: "text/csv" }),
      });
      this.done = !dry;
    } catch (error) {
      this.problem = this.desk.words(error);
      this.report = null;
    }
    this.busy = false;
  }

  private preview(report: ImportReport) {
    const { i18n } = this.desk;
    const count = report.error_count ?? report.errors.length;
    return html`<div class="stack"><div class="row" role="status">
        <span class="chip good">${i18n.plural("members.import.created", report.created)}</span>
        <span class="chip accent">${i18n.plural("members.import.updated", report.updated)}</span>
        <span class="chip">${i18n.plural("members.import.unchanged", report.unchanged)}</span>
        ${count ? html`<span class="chip bad">${i18n.plural("members.import.errors", count)}</span>` : nothing}</div>
      ${this.done ? html`<p>${this.t("members.import.done")}</p>` : nothing}
      ${count ? this.errors(report, count) : nothing}
      ${!this.done && report.changes?.length ? this.changes(report) : nothing}</div>`;
  }

  private errors(report: ImportReport, count: number) {
    return html`<section><h3 class="title">${this.t("members.import.errors.title")}</h3><p class="hint"
      >${this.t("members.import.errors.hint")}</p>
      <div class="table-scroll card" tabindex="0" role="region" aria-label=${this.t("members.import.errors.title")}
        style="max-block-size:220px;overflow:auto;margin-block-start:8px"><table><thead><tr><th class="numeric"
          >${this.t("members.import.line")}</th><th>${this.t("members.import.column")}</th><th
            >${this.t("members.import.problem")}</th></tr></thead>
      <tbody>${report.errors.map(
        (one) => html`<tr><td class="numeric">${one.line}</td><td>${one.column ?? ""}</td><td
        >${one.message}</td></tr>`,
      )}</tbody></table></div>
      ${
        count > report.errors.length
          ? html`<p class="hint"
        >${this.desk.i18n.plural("members.import.more", count - report.errors.length)}</p>`
          : nothing
      }</section>`;
  }

  private changes(report: ImportReport) {
    return html`<section><h3 class="title">${this.t("members.import.changes")}</h3>
      <div class="table-scroll card" tabindex="0" role="region" aria-label=${this.t("members.import.changes")}
        style="max-block-size:300px;overflow:auto;margin-block-start:8px"><table><thead><tr><th class="numeric"
          >${this.t("members.import.line")}</th><th>${this.t("members.name")}</th><th
            >${this.t("members.import.what")}</th></tr></thead>
      <tbody>${(report.changes ?? []).map(
        (
          change,
        ) => html`<tr><td class="numeric">${change.line}</td><td><b>${change.name || change.login}</b><br /><span
          class="muted small">${change.login}</span></td>
          <td>${
            change.kind === "create"
              ? html`<span class="chip good">${this.t("members.import.new")}</span>`
              : change.fields.map(
                  (field) => html`<div class="small"><b>${field.field}</b> <s class="muted"
            >${written(field.before)}</s> → ${written(field.after)}</div>`,
                )
          }</td></tr>`,
      )}</tbody></table></div></section>`;
  }

  private bottom() {
    if (this.done)
      return html`<button type="button" class="button" @click=${this.close}>${this.t("close")}</button>`;
    if (!this.report)
      return html`<button type="button" class="button plain" @click=${this.close}>${this.t("cancel")}</button>`;
    const changing = this.report.created + this.report.updated;
    return html`<p class="grow hint">${this.t("members.import.nothing")}</p>
      <button type="button" class="button plain" @click=${() => {
        this.report = null;
      }}>${this.t("members.import.other")}</button>
      <button type="button" class="button" ?disabled=${this.busy || changing === 0} @click=${() => this.send(false)}
        >${this.desk.i18n.plural("members.import.yes", changing)}</button>`;
  }
}

define("admin-import", AdminImport);
