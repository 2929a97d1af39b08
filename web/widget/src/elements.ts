// Every public element, by the name that the website writes.
import { define } from "#ui/define.ts";
import { Messenger } from "./messenger/messenger.ts";
import { fetchPiece } from "./pieces.ts";

/** Not every page has each of these, and none pays for what it has not. */
const OTHERS: Record<string, () => Promise<CustomElementConstructor>> = {
  "parvis-direct-messages": async () => (await fetchPiece("panel")).DirectMessages,
  "parvis-members": async () => (await fetchPiece("more")).Members,
  "parvis-message-button": async () => (await fetchPiece("buttons")).MessageButton,
  "parvis-contact-organizer": async () => (await fetchPiece("buttons")).ContactOrganizer,
  "parvis-chatbox": async () => (await fetchPiece("rooms")).Chatbox,
};

/** Not before the page has its client: an element looks for it the moment it is defined. */
export function defineElements(): void {
  define("parvis-messenger", Messenger);
  for (const name of Object.keys(OTHERS)) whenThere(name, () => defineOther(name));
}

/** All of them: for pages that keep them where a document's observer does not see them. */
export async function defineOthers(): Promise<void> {
  await Promise.all(Object.keys(OTHERS).map(defineOther));
}

async function defineOther(name: string): Promise<void> {
  try {
    const other = await OTHERS[name]?.();
    if (other) define(name, other);
  } catch (detail) {
    document.dispatchEvent(new CustomEvent("parvis-error", { detail }));
  }
}

function whenThere(name: string, found: () => void): void {
  const all = document.getElementsByTagName(name);
  const watcher = new MutationObserver(look);
  watcher.observe(document, { childList: true, subtree: true });
  look();
  function look(): void {
    if (all.length === 0) return;
    watcher.disconnect();
    found();
  }
}
