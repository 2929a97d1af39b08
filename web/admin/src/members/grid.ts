import { VirtualizerController } from "@tanstack/lit-virtual";
import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../../../ui/src/avatar/avatar.ts";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import { Screen } from "../shell/screen.ts";
import type { GridMember, Population } from "../wire.ts";
import { type Column, cell, SORTABLE, template } from "./columns.ts";
import type { Rows } from "./rows.ts";
import type { Selection } from "./selection.ts";

const HEIGHT = 56;

/** The rows, of which only those near the eye stand in the page. Tells "choose", "choose-all" and "sort". */
export class AdminGrid extends Screen {
  static override properties: PropertyDeclarations = {
    rows: { attribute: false },
    selection: { attribute: false },
    columns: { attribute: false },
    sort: { attribute: false },
    populations: { attribute: false },
  };
  rows!: Rows;
  selection!: Selection;
  columns: Column[] = [];
  sort = "name";
  populations: Population[] = [];
  private last = -1;

  private readonly windowed = new VirtualizerController<HTMLElement, HTMLElement>(this, {
    count: 0,
    getScrollElement: () => this.querySelector<HTMLElement>(".grid-scroll"),
    estimateSize: () => HEIGHT,
    overscan: 12,
    scrollMargin: 0,
  });

  protected override begin(): void {
    this.listen(this.rows, "change", () => this.requestUpdate());
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("rows") || changed.has("sort")) this.last = -1;
    const windowed = this.windowed.getVirtualizer();
    const count = this.rows.count ?? 0;
    if (windowed.options.count !== count) windowed.setOptions({ ...windowed.options, count });
  }

  /** Back to the first row. */
  top(): void {
    this.querySelector(".grid-scroll")?.scrollTo(0, 0);
  }

  override render() {
    const windowed = this.windowed.getVirtualizer();
    const items = windowed.getVirtualItems();
    const first = items[0]?.index ?? 0;
    const end = items.at(-1)?.index ?? 0;
    if (items.length > 0) this.rows.near(first, end);
    const { columns, least } = template(this.columns);
    return html`<div class="grid-scroll" role="region" aria-label=${this.t("nav.members")} tabindex="0"
      style="flex:1;min-block-size:0;block-size:100%">
      <div role="table" aria-label=${this.t("nav.members")} aria-rowcount=${(this.rows.count ?? 0) + 1}
        aria-colcount=${this.columns.length + 2}
        .style=${`--columns:${columns};min-inline-size:${least}px`}>
        ${this.heads()}
        <div role="rowgroup" .style=${`position:relative;block-size:${windowed.getTotalSize()}px`}
          @keydown=${this.onKey}>
          ${repeat(
            items,
            (item) => item.index,
            (item) => this.row(item.index, item.start),
          )}</div>
      </div></div>`;
  }

  private heads() {
    const all = this.selection.all;
    const some = !all && this.selection.ids.size > 0;
    return html`<div role="rowgroup"><div class="grid-head" role="row" aria-rowindex="1">
      <span role="columnheader"><input type="checkbox" aria-label=${this.t("members.select.all")} .checked=${all}
        .indeterminate=${some}
        @change=${() => this.tell("choose-all", !all && !some)} /></span>
      ${this.headOf("name", this.t("members.name"))}
      ${this.columns.map((column) => this.headOf(column, this.t(`members.column.${column}`)))}</div></div>`;
  }

  private headOf(column: Column | "name", label: string) {
    const by = SORTABLE[column];
    if (!by) return html`<span role="columnheader">${label}</span>`;
    const up = this.sort === by;
    const down = this.sort === `-${by}`;
    return html`<span role="columnheader" aria-sort=${up ? "ascending" : down ? "descending" : "none"}>
      <button type="button" @click=${() => this.tell("sort", up ? `-${by}` : by)}>${label}${
        up || down
          ? html`<span
        class=${up ? "sorted up" : "sorted"}>${icon("down")}</span>`
          : nothing
      }</button></span>`;
  }

  private row(index: number, start: number) {
    const member = this.rows.at(index);
    const style = `transform:translateY(${start}px)`;
    if (!member)
      return html`<div class="grid-row" role="row" aria-rowindex=${index + 2} .style=${style}><span role="cell"></span
        ><span role="cell"><i class="bone"></i></span>
        ${this.columns.map(() => html`<span role="cell"><i class="bone"></i></span>`)}</div>`;
    const chosen = this.selection.has(member.id);
    return html`<div class="grid-row ${chosen ? "chosen" : ""}" role="row" aria-rowindex=${index + 2}
      data-index=${index} .style=${style}>
      <span role="cell"><input type="checkbox" .checked=${chosen}
        aria-label=${this.t("members.select", { name: member.name })}
        @click=${(event: MouseEvent) => this.onBox(event, index, member)} /></span>
      <span role="cell" class="cell-name"><parvis-avatar .name=${member.name} .seed=${member.id}
        .src=${member.avatar_url ?? null} ?online=${member.connected}></parvis-avatar>
        <a href=${this.desk.link("members", [member.id]) + location.search}>${member.name}</a></span>
      ${this.columns.map(
        (column) => html`<span role="cell"
        >${cell(column, member, { i18n: this.desk.i18n, populations: this.populations })}</span>`,
      )}</div>`;
  }

  private onBox(event: MouseEvent, index: number, member: GridMember): void {
    const range = event.shiftKey && this.last >= 0 && !this.selection.all;
    if (range) {
      const [from, to] = [Math.min(this.last, index), Math.max(this.last, index)];
      const ids = Array.from({ length: to - from + 1 }, (_, at) => this.rows.at(from + at)?.id);
      this.tell("choose", this.selection.add(ids.filter((id) => id !== undefined)));
    } else this.tell("choose", this.selection.toggle(member.id));
    this.last = index;
  }

  /** Up and down go through the rows, on whatever in them has the focus. */
  private readonly onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    const target = event.target as HTMLElement;
    const at = Number(target.closest<HTMLElement>("[data-index]")?.dataset.index);
    if (!step || Number.isNaN(at)) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(at + step, (this.rows.count ?? 1) - 1));
    this.windowed.getVirtualizer().scrollToIndex(to);
    requestAnimationFrame(() =>
      this.querySelector<HTMLElement>(`[data-index="${to}"] ${target.localName}`)?.focus(),
    );
  };

  private tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

define("admin-grid", AdminGrid);
