/** What the client takes from where it runs. In a page all of it is there; a program gives what it has. */
export interface Environment {
  fetch: typeof fetch;
  WebSocket: typeof WebSocket;
  /** Outlives the tab: the outbox. */
  local: Storage;
  /** Lives as long as the tab: the session. */
  session: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  locks: LockManager | null;
  /** Hears "online", "offline", "focus" and, from other tabs, "storage". */
  events: EventTarget | null;
  random: () => number;
  now: () => number;
  /** What is asked is answered from an earlier visit, because nobody else answers. */
  away?: () => boolean;
}

/** Storage may be forbidden (a sandboxed frame, third-party rules): then it is kept for as long as the page. */
export function storage(name: "localStorage" | "sessionStorage"): Storage {
  try {
    const found = globalThis[name];
    found.setItem("parvis:probe", "1");
    found.removeItem("parvis:probe");
    return found;
  } catch {
    return new MemoryStorage();
  }
}

export class MemoryStorage implements Storage {
  readonly #map = new Map<string, string>();
  [name: string]: unknown;
  get length() {
    return this.#map.size;
  }
  key(index: number) {
    return [...this.#map.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.#map.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.#map.set(key, String(value));
  }
  removeItem(key: string) {
    this.#map.delete(key);
  }
  clear() {
    this.#map.clear();
  }
}

export function pageEnvironment(): Environment {
  return {
    fetch: (input, init) => globalThis.fetch(input, init),
    WebSocket: globalThis.WebSocket,
    local: storage("localStorage"),
    session: storage("sessionStorage"),
    locks: globalThis.navigator?.locks ?? null,
    events: typeof globalThis.addEventListener === "function" ? globalThis : null,
    random: Math.random,
    now: Date.now,
  };
}

/** A version 7 UUID (RFC 9562): time-ordered, so that the server's index of them grows at its end. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let at = 5; at >= 0; at--) {
    bytes[at] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
