import type { ReactiveController, ReactiveControllerHost } from "lit";

const NEAR_END = 64;

/**
 * Keeps what one reads where it is: older messages may come in above, new ones below, the composer may grow, and the
 * text under the eye does not move. At the end it stays at the end. (Browsers differ in doing this by themselves,
 * so theirs is switched off in the styles.)
 */
export class ScrollKeeper implements ReactiveController {
  atEnd = true;
  #top = 0;
  #anchor: { element: Element; top: number } | null = null;
  #watched: Element | null = null;
  #content: Element | null = null;
  readonly #sizes = new ResizeObserver(() => {
    if (this.atEnd) this.toEnd();
  });

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly box: () => HTMLElement | null,
    private readonly scrolled: () => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
    this.#watched?.removeEventListener("scroll", this.#onScroll);
    this.#watched = null;
    this.#content = null;
  }

  /** Before the page is drawn again: the message at the top of the view. (The line of its day moves up when older
   * ones come.) */
  hostUpdate(): void {
    const box = this.box();
    this.#anchor = null;
    if (!box || this.atEnd) return;
    const top = box.getBoundingClientRect().top;
    for (const element of box.querySelectorAll("article")) {
      const rect = element.getBoundingClientRect();
      if (rect.bottom <= top) continue;
      this.#anchor = { element, top: rect.top };
      return;
    }
  }

  /** After: put it back. */
  hostUpdated(): void {
    const box = this.box();
    if (!box) return;
    // Messages take the place of what stood for them while they were loaded.
    if (box !== this.#watched || box.firstElementChild !== this.#content) this.#watch(box);
    if (this.atEnd) this.toEnd();
    else if (this.#anchor?.element.isConnected) {
      box.scrollTop += this.#anchor.element.getBoundingClientRect().top - this.#anchor.top;
    }
  }

  toEnd(behavior: ScrollBehavior = "instant"): void {
    const box = this.box();
    if (!box) return;
    this.atEnd = true;
    box.scrollTo({ top: box.scrollHeight, behavior });
    this.#top = box.scrollTop;
  }

  /** Brings an element to the upper part of the view. */
  toElement(element: Element): void {
    const box = this.box();
    if (!box) return;
    const offset = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += offset - box.clientHeight * 0.25;
    this.#measure(box);
  }

  #watch(box: HTMLElement): void {
    this.hostDisconnected();
    this.#watched = box;
    box.addEventListener("scroll", this.#onScroll, { passive: true });
    this.#sizes.observe(box);
    this.#content = box.firstElementChild;
    if (this.#content) this.#sizes.observe(this.#content);
  }

  #onScroll = (): void => {
    const box = this.box();
    if (!box) return;
    const before = this.atEnd;
    // What grew under it since it was brought to the end took nobody away from there: only going up does.
    if (!before || box.scrollTop < this.#top) this.#measure(box);
    else this.#top = box.scrollTop;
    this.scrolled();
    if (before !== this.atEnd) this.host.requestUpdate();
  };

  #measure(box: HTMLElement): void {
    this.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    this.#top = box.scrollTop;
  }
}
