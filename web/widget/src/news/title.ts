import { titled } from "./count.ts";

/**
 * What we say in the page's title: how much is unread, or who calls. The title stays the page's: what it changes meanwhile
 * is kept, and stands there alone when there is nothing to say.
 */
class PageTitle {
  #own = "";
  #shown: string | null = null;
  #unread = 0;
  #call: string | null = null;
  readonly #watcher = new MutationObserver(() => this.#show());

  unread(count: number): void {
    this.#unread = count;
    this.#show();
  }

  /** Somebody calls: that comes before everything. Null: nobody. */
  call(text: string | null): void {
    this.#call = text;
    this.#show();
  }

  #show(): void {
    if (document.title !== this.#shown) this.#own = document.title;
    const next = this.#call ?? titled(this.#own, this.#unread);
    this.#watcher.disconnect();
    if (document.title !== next) document.title = next;
    this.#shown = next === this.#own ? null : next;
    if (this.#unread > 0 || this.#call !== null)
      this.#watcher.observe(document.head, { childList: true, subtree: true, characterData: true });
  }
}

/** A page has one. */
export const pageTitle = new PageTitle();
