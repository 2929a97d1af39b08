// On this page the session outlives the tab, so that what was installed opens signed in. Its windows share it.
import type { Environment } from "#client";

/** Storage in which a window does not disturb a session that another window made after its own. */
export function lastingSession(storage: Storage): Environment["session"] {
  let mine: string | null = null;
  const isOthers = (key: string) => {
    const stored = tokenIn(storage.getItem(key));
    return stored !== null && stored !== mine;
  };
  return {
    getItem(key) {
      const text = storage.getItem(key);
      mine = tokenIn(text);
      return text;
    },
    setItem(key, text) {
      const token = tokenIn(text);
      // What is new of an older session.
      if (token === mine && isOthers(key)) return;
      mine = token;
      storage.setItem(key, text);
    },
    removeItem(key) {
      if (!isOthers(key)) storage.removeItem(key);
    },
  };
}

function tokenIn(text: string | null): string | null {
  return field(text)?.access_token ?? null;
}

/** Whose session it is. */
export function memberIn(text: string | null): string | null {
  return field(text)?.member?.id ?? null;
}

function field(text: string | null): { access_token?: string; member?: { id?: string } } | null {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
