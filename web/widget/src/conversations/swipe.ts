/** From where letting go means it. */
const ENOUGH = 56;
/** Until it is plain that the finger goes sideways, it may be scrolling. */
const SURE = 10;

export interface Drawing {
  /** The row that is drawn aside. */
  readonly drawn: string | null;
  /** Shows what stands behind a row. */
  draw(id: string | null): void;
}

/** On a touch screen: a row drawn towards its beginning shows what can be done with it, and stays until one touches elsewhere. */
export class Swipe {
  #start: { x: number; y: number; row: HTMLElement } | null = null;
  #open: HTMLElement | null = null;
  #act: { x: number; y: number; act: HTMLElement } | null = null;
  #moved = 0;
  /** -1 where one reads from right to left: there rows are drawn to the right. */
  #sign = 1;
  #sure = false;
  #swallow = false;
  /** What was touched has been pressed already: the browser's own click for that touch, if it comes, is one too many. */
  #pressed = false;

  constructor(private readonly host: Drawing) {}

  readonly down = (event: PointerEvent): void => {
    const target = event.target as Element;
    this.#pressed = false;
    const act = target.closest<HTMLElement>(".acts button");
    this.#act =
      act && event.pointerType === "touch" ? { x: event.clientX, y: event.clientY, act } : null;
    if (act) return;
    this.#swallow = this.#open !== null;
    this.close();
    const row = target.closest<HTMLElement>(".row[data-id]");
    this.#start =
      row && event.pointerType === "touch" && !this.#swallow
        ? { x: event.clientX, y: event.clientY, row }
        : null;
    this.#sign = row && getComputedStyle(row).direction === "rtl" ? -1 : 1;
    this.#sure = false;
    this.#moved = 0;
  };

  readonly move = (event: PointerEvent): void => {
    if (!this.#start) return;
    const { x, y, row } = this.#start;
    const sideways = this.#sign * (x - event.clientX);
    if (!this.#sure && Math.abs(event.clientY - y) > SURE) this.#start = null;
    if (!this.#sure && sideways > SURE && this.#start) {
      this.#sure = true;
      row.toggleAttribute("data-drag", true);
      this.host.draw(row.dataset.id ?? null);
    }
    if (!this.#sure || !this.#start) return;
    const width = this.#width(row);
    // Beyond what there is to see it follows less and less.
    this.#moved = Math.max(0, Math.min(sideways, width + (sideways - width) / 4));
    row.style.setProperty("--p-drawn", `${this.#sign * this.#moved}px`);
  };

  readonly up = (event: PointerEvent): void => {
    if (this.#act) return this.#press(this.#act, event);
    const row = this.#start?.row;
    this.#start = null;
    setTimeout(() => {
      this.#swallow = false;
    });
    if (!row || !this.#sure) return;
    this.#swallow = true;
    this.#open = row;
    row.removeAttribute("data-drag");
    if (this.#moved < ENOUGH) this.close();
    else row.style.setProperty("--p-drawn", `${this.#sign * this.#width(row)}px`);
  };

  /** After a quick swipe browsers make no click of the next touch: they take it for one that stops a movement. */
  #press({ x, y, act }: { x: number; y: number; act: HTMLElement }, event: PointerEvent): void {
    this.#act = null;
    if (Math.hypot(event.clientX - x, event.clientY - y) > SURE) return;
    act.click();
    this.#pressed = true;
  }

  readonly cancel = (): void => {
    this.#act = null;
    const row = this.#start?.row ?? null;
    this.#start = null;
    if (!row || !this.#sure) return;
    row.removeAttribute("data-drag");
    this.#open = row;
    this.close();
  };

  /** The press that ends a swipe, or closes what it showed, opens nothing. */
  readonly click = {
    capture: true,
    handleEvent: (event: Event): void => {
      const again = this.#pressed && (event as PointerEvent).pointerType === "touch";
      if (!this.#swallow && !again) return;
      this.#swallow = false;
      this.#pressed = false;
      event.stopPropagation();
      event.preventDefault();
    },
  };

  readonly close = (): void => {
    if (!this.#open) return;
    this.#open.style.removeProperty("--p-drawn");
    this.#open = null;
    this.host.draw(null);
  };

  #width(row: HTMLElement): number {
    return row.parentElement?.querySelector<HTMLElement>(".acts")?.offsetWidth ?? 0;
  }
}
