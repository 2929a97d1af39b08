// Every public element, by the name that the website writes.
import { define } from "#ui/define.ts";
import { DirectMessages } from "./direct-messages/direct-messages.ts";
import { addTexts } from "./i18n/i18n.ts";
import { MessageButton } from "./members/message-button.ts";
import { Messenger } from "./messenger/messenger.ts";
import { ContactOrganizer } from "./organizer/contact-organizer.ts";

/** Not before the page has its client: an element looks for it the moment it is defined. */
export async function defineElements(): Promise<void> {
  define("parvis-messenger", Messenger);
  define("parvis-direct-messages", DirectMessages);
  define("parvis-message-button", MessageButton);
  define("parvis-contact-organizer", ContactOrganizer);
  whenThere("parvis-chatbox", () => {
    defineChatbox().catch((detail) => {
      document.dispatchEvent(new CustomEvent("parvis-error", { detail }));
    });
  });
  if (!document.querySelector("parvis-members")) await quietMoment();
  const [{ Members }] = await Promise.all([import("./more.ts"), addTexts("more")]);
  define("parvis-members", Members);
}

/** Not every site has rooms: fetched when a chatbox stands in the page, or when the page asks for everything. */
export async function defineChatbox(): Promise<void> {
  const [{ Chatbox }] = await Promise.all([import("./rooms/chatbox.ts"), addTexts("rooms")]);
  define("parvis-chatbox", Chatbox);
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

function quietMoment(): Promise<unknown> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(resolve, { timeout: 3000 });
    else setTimeout(resolve, 1000);
  });
}
