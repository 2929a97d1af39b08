// Every public element, by the name that the website writes.
import { define } from "#ui/define.ts";
import { MessageButton } from "./members/message-button.ts";
import { Messenger } from "./messenger/messenger.ts";
import { ContactOrganizer } from "./organizer/contact-organizer.ts";
import { fetchPiece } from "./pieces.ts";

/** Those that are whole screens: not every page has one, and none pays for what it has not. */
const SCREENS: Record<string, () => Promise<CustomElementConstructor>> = {
  "parvis-direct-messages": async () => (await fetchPiece("panel")).DirectMessages,
  "parvis-members": async () => (await fetchPiece("more")).Members,
  "parvis-chatbox": async () => (await fetchPiece("rooms")).Chatbox,
};

/** Not before the page has its client: an element looks for it the moment it is defined. */
export function defineElements(): void {
  define("parvis-messenger", Messenger);
  define("parvis-message-button", MessageButton);
  define("parvis-contact-organizer", ContactOrganizer);
  for (const name of Object.keys(SCREENS)) whenThere(name, () => defineScreen(name));
}

/** All of them: for pages that keep them where a document's observer does not see them. */
export async function defineScreens(): Promise<void> {
  await Promise.all(Object.keys(SCREENS).map(defineScreen));
}

async function defineScreen(name: string): Promise<void> {
  try {
    const screen = await SCREENS[name]?.();
    if (screen) define(name, screen);
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
