/** How far a row follows the finger, and from where letting go means it. */
const FAR = 72;
const ENOUGH = 48;
/** Until it is plain that the finger goes sideways, it may be scrolling. */
const SURE = 10;

/** On a touch screen: a row drawn to the left shows what can be done with it. */
export class Swipe {
  #start: { x: number; y: number; row: HTMLElement } | null = null;
  #moved = 0;
  #sure = false;

  constructor(private readonly done: (row: HTMLElement) => void) {}

  readonly down = (event: PointerEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>(".row[data-id]:not(.person)");
    this.#start =
      row && event.pointerType === "touch" ? { x: event.clientX, y: event.clientY, row } : null;
    this.#sure = false;
    this.#moved = 0;
  };

  readonly move = (event: PointerEvent): void => {
    if (!this.#start) return;
    const { x, y, row } = this.#start;
    const sideways =
      getComputedStyle(row).direction === "rtl" ? event.clientX - x : x - event.clientX;
    if (!this.#sure && Math.abs(event.clientY - y) > SURE) this.#end();
    if (sideways > SURE) this.#sure = true;
    if (!this.#sure || !this.#start) return;
    this.#moved = Math.max(0, Math.min(FAR, sideways));
    row.style.setProperty("--p-drawn", `${this.#moved}px`);
  };

  readonly up = (): void => {
    const row = this.#start?.row;
    const meant = this.#sure && this.#moved >= ENOUGH;
    this.#end();
    if (row && meant) this.done(row);
  };

  readonly cancel = (): void => this.#end();

  /** The press that ends a swipe opens nothing. */
  readonly click = {
    capture: true,
    handleEvent: (event: Event): void => {
      if (!this.#sure) return;
      this.#sure = false;
      event.stopPropagation();
      event.preventDefault();
    },
  };

  #end(): void {
    this.#start?.row.style.removeProperty("--p-drawn");
    this.#start = null;
  }
}
