import type { Client } from "#client";

/** Whether this browser tells of new messages. It does, until its member says otherwise. */
function key({ options }: Client): string {
  return `parvis:quiet:${options.origin}:${options.site}`;
}

export function isQuiet(client: Client): boolean {
  try {
    return localStorage.getItem(key(client)) !== null;
  } catch {
    return false;
  }
}

/** False where storage is forbidden: the choice can't be kept. */
export function setQuiet(client: Client, quiet: boolean): boolean {
  try {
    if (quiet) localStorage.setItem(key(client), "1");
    else localStorage.removeItem(key(client));
  } catch {
    return false;
  }
  // Other tabs are told by the browser; this one is not.
  dispatchEvent(new StorageEvent("storage", { key: key(client) }));
  return true;
}

/** Calls back when it was changed, here or in another tab. */
export function onChoice(client: Client, changed: () => void): void {
  addEventListener("storage", (event) => {
    if (event.key === key(client)) changed();
  });
}
