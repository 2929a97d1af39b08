// On this page the session outlives the tab, so that what was installed opens signed in. Its windows share it.
import type { Environment } from "#client";

interface Stored {
  access_token?: string;
  member?: { id?: string };
  /** When this member signed in here, in this browser's milliseconds; later than whoever was there before. */
  since?: number;
}

/**
 * Storage in which a window does not disturb a session that another window made after its own. Windows do not hear of
 * each other at once: one that writes meanwhile is put right by the one with the newer session.
 */
export class LastingSession {
  readonly #storage: Storage;
  #mine: Stored | null = null;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  readonly getItem: Environment["session"]["getItem"] = (key) => {
    const text = this.#storage.getItem(key);
    this.#mine = read(text);
    return text;
  };

  readonly setItem: Environment["session"]["setItem"] = (key, text) => {
    const [mine, there, next] = [this.#mine, read(this.#storage.getItem(key)), read(text)];
    if (!next) return;
    // What is new of an older session.
    const known = next.access_token === mine?.access_token;
    if (known && there && there.access_token !== mine?.access_token) return;
    const goesOn = mine !== null && idOf(next) === idOf(mine);
    const since = (goesOn && mine.since) || Math.max(Date.now(), (there?.since ?? 0) + 1);
    this.#mine = { ...next, since };
    if (!isNewer(there, this.#mine)) this.#storage.setItem(key, JSON.stringify(this.#mine));
  };

  readonly removeItem: Environment["session"]["removeItem"] = (key) => {
    const there = read(this.#storage.getItem(key));
    const isOthers = there !== null && there.access_token !== this.#mine?.access_token;
    this.#mine = null;
    if (!isOthers) this.#storage.removeItem(key);
  };

  /** Another window wrote this. True if it had not heard of this window's session, which is back in its place now. */
  outlasts(key: string, text: string | null): boolean {
    const outlasts = read(text) !== null && isNewer(this.#mine, read(text));
    if (outlasts) this.#storage.setItem(key, JSON.stringify(this.#mine));
    return outlasts;
  }
}

/** Whether another member signed in later. */
function isNewer(one: Stored | null, other: Stored | null): boolean {
  return one !== null && idOf(one) !== idOf(other) && (one.since ?? 0) > (other?.since ?? 0);
}

/** Whose session it is. */
export function memberIn(text: string | null): string | null {
  return idOf(read(text));
}

function idOf(stored: Stored | null): string | null {
  return stored?.member?.id ?? null;
}

function read(text: string | null): Stored | null {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
