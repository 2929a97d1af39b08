import {
  html,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from "lit";
import { repeat } from "lit/directives/repeat.js";
import { keyMove, pieces, type Rows, rowsNear } from "./pieces.ts";

/** Before anything could be measured. */
const FIRST = 30;

interface List {
  /** The grid of items, `[data-index]` each, all of one height. */
  box: () => HTMLElement | null;
  count: () => number;
}

type Host = ReactiveControllerHost & HTMLElement;

/**
 * A long list of which only what is near the eye stands in the page, whatever it is that scrolls. What has the focus
 * stays too, so that the keyboard never loses its place.
 */
export class Windowed implements ReactiveController {
  /** The item that the tab key finds. */
  stop = 0;
  /** Which one that is, once it was drawn. */
  #held: string | null = null;
  /** Of what was drawn last. */
  #keyAt: (index: number) => string | null = () => null;
  /** The focus was on one of the items, before they were drawn. */
  #within = false;
  #near: Rows = { first: 0, end: FIRST };
  #columns = 1;
  #pitch = 0;
  #gap = 0;
  #page = 8;
  #frame = 0;
  #roots: EventTarget[] = [];
  #watched: Element | null = null;
  readonly #sizes = new ResizeObserver(() => this.#soon());

  constructor(
    private readonly host: Host,
    private readonly list: List,
  ) {
    host.addController(this);
  }

  /** The items that may be seen. */
  get shown(): { from: number; to: number } {
    const { first, end } = this.#near;
    return { from: first * this.#columns, to: Math.min(this.list.count(), end * this.#columns) };
  }

  hostConnected(): void {
    for (let node: Node = this.host; ; node = (node as ShadowRoot).host) {
      node = node.getRootNode();
      this.#roots.push(node);
      if (!(node instanceof ShadowRoot)) break;
    }
    for (const root of this.#roots) root.addEventListener("scroll", this.#soon, SCROLL);
    addEventListener("resize", this.#soon);
  }

  hostDisconnected(): void {
    for (const root of this.#roots) root.removeEventListener("scroll", this.#soon, SCROLL);
    removeEventListener("resize", this.#soon);
    this.#roots = [];
    this.#sizes.disconnect();
    this.#watched = null;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  hostUpdated(): void {
    const box = this.list.box();
    if (box !== this.#watched) {
      this.#sizes.disconnect();
      if (box) this.#sizes.observe(box);
      this.#watched = box;
    }
    this.#keep();
    this.#look();
  }

  /** A list that begins again is seen from its beginning. */
  reset(): void {
    this.stop = 0;
    this.#held = null;
    this.#near = { first: 0, end: FIRST };
  }

  draw<T>(
    items: readonly T[],
    key: (item: T) => string,
    item: (item: T, index: number) => TemplateResult,
  ) {
    this.#follow(items, key);
    const held = Math.floor(this.stop / this.#columns);
    const cut = pieces(items.length, this.#columns, this.#near, held);
    const parts = cut.flatMap((piece, at): [string, TemplateResult][] => {
      if (piece.type === "room") return [[`room ${at}`, this.#room(piece.rows)]];
      return items
        .slice(piece.from, piece.to)
        .map((one, index) => [key(one), item(one, piece.from + index)]);
    });
    return repeat(
      parts,
      ([name]) => name,
      ([, template]) => template,
    );
  }

  /** Arrows, Home, End and the page keys. True when the key was ours. */
  key(event: KeyboardEvent): boolean {
    const at = indexOf(event);
    if (at === null || event.ctrlKey || event.metaKey || event.altKey) return false;
    const to = keyMove(event.key, at, this.#columns, this.#page, this.list.count());
    if (to === null || (to === at && !/Home|End|Page/.test(event.key))) return false;
    event.preventDefault();
    void this.go(to);
    return true;
  }

  readonly onFocus = (event: Event): void => {
    this.#stopAt(indexOf(event) ?? this.stop);
  };

  async go(index: number): Promise<void> {
    this.#stopAt(index);
    this.host.requestUpdate();
    await this.host.updateComplete;
    // It may have got another place meanwhile.
    const item = this.#item(this.stop);
    item?.focus();
    item?.scrollIntoView({ block: "nearest" });
  }

  /** Where the one that had the focus is gone, or was moved, the focus stays in the list, and nothing scrolls. */
  #keep(): void {
    const lost = this.#within && !this.#focused;
    this.#within = false;
    if (lost) this.#item(this.stop)?.focus({ preventScroll: true });
  }

  get #focused(): boolean {
    return this.list.box()?.matches(":focus-within") ?? false;
  }

  #item(index: number): HTMLElement | null {
    return this.list.box()?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
  }

  #stopAt(index: number): void {
    this.stop = index;
    this.#held = this.#keyAt(index);
  }

  /** Where others come or go before the one that has the focus, the focus stays with that one. */
  #follow<T>(items: readonly T[], key: (item: T) => string): void {
    const held = this.#held;
    const at = items[this.stop];
    this.#within = this.#focused;
    if (held !== null && !(at && key(at) === held) && this.#within) {
      const moved = items.findIndex((one) => key(one) === held);
      if (moved >= 0) this.stop = moved;
    }
    this.stop = Math.max(0, Math.min(this.stop, items.length - 1));
    this.#keyAt = (index) => (items[index] === undefined ? null : key(items[index]));
    this.#held = this.#keyAt(this.stop);
  }

  #room(rows: number): TemplateResult {
    const size = rows * this.#pitch - this.#gap;
    return html`<li class="room" role="presentation" aria-hidden="true" .style=${`grid-column: 1 / -1; block-size: ${size}px`}></li>`;
  }

  readonly #soon = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#look();
    });
  };

  #look(): void {
    const box = this.list.box();
    const item = box?.querySelector<HTMLElement>("li:not(.room)");
    if (!box || !item?.offsetHeight) return;
    const { gridTemplateColumns, rowGap, paddingBlockStart } = getComputedStyle(box);
    const columns = gridTemplateColumns.split(" ").length;
    this.#gap = Number.parseFloat(rowGap) || 0;
    this.#pitch = item.offsetHeight + this.#gap;
    const begin = box.getBoundingClientRect().top + (Number.parseFloat(paddingBlockStart) || 0);
    const rows = Math.ceil(this.list.count() / columns);
    this.#page = Math.max(1, Math.floor(innerHeight / this.#pitch) - 1);
    const near = (more: number) => rowsNear(-begin, innerHeight - begin, this.#pitch, rows, more);
    const { first, end } = this.#near;
    const must = near(0.4);
    // What stands there is enough for a while: most movements draw nothing anew.
    const enough = first <= must.first && Math.min(end, rows) >= must.end;
    const most = Math.max(FIRST, (4 * innerHeight) / this.#pitch);
    if (enough && end - first <= most && columns === this.#columns) return;
    this.#near = near(1);
    this.#columns = columns;
    this.host.requestUpdate();
  }
}

const SCROLL = { capture: true, passive: true } as const;

function indexOf(event: Event): number | null {
  const index = (event.target as Element).closest<HTMLElement>("[data-index]")?.dataset.index;
  return index === undefined ? null : Number(index);
}
