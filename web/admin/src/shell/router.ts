// Every screen has an address: /admin/{site}/{section}/{rest}?{query}.
export interface Place {
  site: string;
  section: string;
  rest: string[];
  query: URLSearchParams;
}

export function parsePlace(path: string, search = ""): Place {
  const [, , site = "", section = "", ...rest] = path.split("/").map(decode);
  return { site, section, rest: rest.filter(Boolean), query: new URLSearchParams(search) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function address(
  site: string,
  section: string,
  rest: readonly string[] = [],
  query?: URLSearchParams | Record<string, string>,
): string {
  const path = ["", "admin", site, section, ...rest]
    .filter((part, at) => at < 2 || part)
    .map(encodeURIComponent)
    .join("/");
  const search = new URLSearchParams(query).toString();
  return search ? `${path}?${search}` : path;
}

/** Asked before leaving: true when one may. */
export type Guard = () => Promise<boolean>;

export class Router extends EventTarget {
  place = parsePlace(location.pathname, location.search);
  #guard: Guard | null = null;
  #url = location.href;

  start(root: EventTarget): void {
    addEventListener("popstate", this.#onPop);
    addEventListener("beforeunload", (event) => {
      if (this.#guard) event.preventDefault();
    });
    root.addEventListener("click", this.#onClick as EventListener);
  }

  /** While something is unsaved, leaving asks first. */
  guard(guard: Guard | null): void {
    this.#guard = guard;
  }

  async go(href: string, { replace = false, unasked = false } = {}): Promise<void> {
    if (!unasked && !(await this.#mayLeave(href))) return;
    history[replace ? "replaceState" : "pushState"](null, "", href);
    this.#arrive();
  }

  /** The same screen, differently filtered: nobody leaves. */
  adjust(query: URLSearchParams): void {
    const { site, section, rest } = this.place;
    history.replaceState(null, "", address(site, section, rest, query));
    this.#arrive();
  }

  #arrive(): void {
    this.#url = location.href;
    this.place = parsePlace(location.pathname, location.search);
    this.dispatchEvent(new Event("change"));
  }

  async #mayLeave(href: string): Promise<boolean> {
    if (!this.#guard) return true;
    const here = new URL(this.#url).pathname;
    if (new URL(href, this.#url).pathname === here) return true;
    const may = await this.#guard();
    if (may) this.#guard = null;
    return may;
  }

  readonly #onPop = async (): Promise<void> => {
    const wanted = location.href;
    if (wanted === this.#url) return;
    if (this.#guard) {
      // Back to where one was while the question stands.
      history.pushState(null, "", this.#url);
      if (!(await this.#mayLeave(wanted))) return;
      history.replaceState(null, "", wanted);
    }
    this.#arrive();
  };

  readonly #onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link?.href || link.target || link.hasAttribute("download")) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || !/^\/admin(\/|$)/.test(to.pathname)) return;
    event.preventDefault();
    void this.go(to.href);
  };
}
