import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { type IconName, icon } from "../shell/icons.ts";
import "../shell/menu.ts";
import { Screen } from "../shell/screen.ts";
import type { Population, Right, View } from "../wire.ts";
import { effective, type Matrix, mark, next, put, putRow, RIGHTS } from "./matrix.ts";

const ICONS: Record<Right, IconName> = {
  see: "people",
  start: "edit",
  reply: "chat",
  call: "star",
};

/** The matrix: each row a population, each column whom it speaks of. Tells "matrix" with the changed one. */
export class AdminRulesTable extends Screen {
  static override properties: PropertyDeclarations = {
    matrix: { attribute: false },
    populations: { attribute: false },
    views: { attribute: false },
    open: { attribute: false },
    added: { state: true },
  };
  matrix!: Matrix;
  populations: Population[] = [];
  views: View[] = [];
  /** There is no rule at all: everybody may do everything. */
  open = false;
  private added: string[] = [];

  private get columns(): { key: string; label: string; segment: boolean }[] {
    const used = new Set([...this.matrix.values()].flatMap((row) => [...row.keys()]));
    const shown = this.views.filter(({ id }) => used.has(`view:${id}`) || this.added.includes(id));
    return [
      { key: "everyone", label: this.t("rules.everyone"), segment: false },
      ...this.populations.map(({ slug, name }) => ({
        key: `population:${slug}`,
        label: name,
        segment: false,
      })),
      ...shown.map(({ id, name }) => ({ key: `view:${id}`, label: name, segment: true })),
    ];
  }

  override render() {
    if (this.populations.length === 0)
      return html`<div class="card empty">${icon("rules")}<h2>${this.t("rules.none")}</h2><p
        >${this.t("rules.none.text")}</p><a class="button soft" href=${this.desk.link("rules", ["populations"])}
          >${this.t("rules.tab.populations")}</a></div>`;
    return html`<section class="card"><div class="row spread"><h2 class="title">${this.t("rules.table")}</h2
      >${this.segments()}</div>
      <p class="hint">${this.t("rules.table.hint")}</p>
      ${
        this.open
          ? html`<p class="banner" style="margin-block:12px 0">${icon("alert")}<span
        >${this.t("rules.open")}</span></p>`
          : nothing
      }
      <div class="matrix" tabindex="0" role="region" aria-label=${this.t("rules.table")}><table><thead><tr><th
        scope="col">${this.t("rules.from")}</th>
        ${this.columns.map(
          ({ label, segment }) => html`<th scope="col"
          >${this.t("rules.towards", { name: label })}${
            segment
              ? html` <span class="chip"
            >${this.t("rules.segment")}</span>`
              : nothing
          }</th>`,
        )}</tr></thead>
        <tbody>${this.populations.map((one) => this.row(one))}</tbody></table></div>
      ${this.legend()}</section>`;
  }

  private segments() {
    const left = this.views.filter(
      (view) =>
        view.filter.connected === undefined &&
        !this.columns.some(({ key }) => key === `view:${view.id}`),
    );
    const choices = left.map(({ id, name }) => ({
      label: name,
      icon: "filter" as const,
      run: () => {
        this.added = [...this.added, id];
      },
    }));
    const none = {
      label: this.t("rules.segment.none"),
      icon: "people" as const,
      run: () => this.desk.router.go(this.desk.link("members")),
    };
    return html`<admin-menu .label=${this.t("rules.segment.add")} .look=${"button small outline"}
      .face=${html`${icon("plus")}<span>${this.t("rules.segment.add")}</span>`} .parts=${() => [
        { choices: choices.length > 0 ? choices : [none] },
      ]}></admin-menu>`;
  }

  private row({ slug, name }: Population) {
    const presets: [string, Right[]][] = [
      [this.t("rules.preset.all"), [...RIGHTS]],
      [this.t("rules.preset.answer"), ["see", "reply"]],
      [this.t("rules.preset.none"), []],
    ];
    const choices = presets.map(([label, rights]) => ({
      label,
      run: () => this.tell(putRow(this.matrix, slug, rights)),
    }));
    return html`<tr><th scope="row"><span class="row" style="flex-wrap:nowrap"><span class="grow">${name}</span
      ><admin-menu .label=${this.t("rules.preset", { name })} .parts=${() => [
        { heading: this.t("rules.preset", { name }), choices },
      ]}></admin-menu></span></th>
      ${this.columns.map(
        ({
          key,
          label,
        }) => html`<td><span class="rights" role="group" aria-label="${name} → ${label}"
        >${RIGHTS.map((right) => this.right(slug, name, key, label, right))}</span></td>`,
      )}</tr>`;
  }

  private right(from: string, name: string, to: string, label: string, right: Right) {
    const state = effective(this.matrix, from, to, right) ?? "none";
    const words = `${name} → ${label}, ${this.t(`rules.right.${right}`)}\u202f: ${this.t(`rules.state.${state}`)}`;
    const change = () => this.change(from, to, right);
    return html`<button type="button" data-state=${state} aria-label=${words} title=${words} @click=${change}
      >${icon(state === "never" ? "block" : state === "none" ? "minus" : ICONS[right])}</button>`;
  }

  /** Whoever may write first or call sees the other too: without it neither means anything. */
  private change(from: string, to: string, right: Right): void {
    const value = next(mark(this.matrix, from, to, right));
    const changed = put(this.matrix, from, to, right, value);
    const blind =
      value === "allow" && /start|call/.test(right) && !effective(changed, from, to, "see");
    this.tell(blind ? put(changed, from, to, "see", "allow") : changed);
  }

  private legend() {
    return html`<div class="row small muted" style="gap:6px 20px">${RIGHTS.map(
      (right) => html`<span class="row"
      style="gap:6px">${icon(ICONS[right])}<span><b>${this.t(`rules.right.${right}`)}</b
        > ${this.t(`rules.right.${right}.hint`)}</span></span>`,
    )}</div>
      <div class="row small muted" style="gap:6px 16px;margin-block-start:10px"
        >${(["allow", "inherited", "never", "none"] as const).map(
          (state) =>
            html`<span class="chip ${
              state === "allow" ? "good" : state === "never" ? "bad" : ""
            }">${this.t(`rules.state.${state}`)}</span>`,
        )}<span
            >${this.t("rules.press")}</span></div>`;
  }

  private tell(matrix: Matrix): void {
    this.dispatchEvent(new CustomEvent<Matrix>("matrix", { detail: matrix }));
  }
}

define("admin-rules-table", AdminRulesTable);
