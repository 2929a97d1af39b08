// Tells whoever looks elsewhere that there is something new: a number in the page's title, and two soft notes.
import type { Client } from "#client";
import { play } from "../sound.ts";
import { isQuiet, onChoice } from "./choice.ts";
import { pageTitle } from "./title.ts";

const CHIME = { notes: [587.33, 880], each: 0.12, loud: 0.06 };
/** What is read at once, because one looks at it, is not worth a sound. */
const GLANCE_MS = 300;

/** Follows the client of a page. `before`: how much was unread, null where nobody knew yet. */
export function followNews(client: Client, before: number | null): void {
  let known = before;
  const look = () => {
    const { unread } = client.state;
    const from = known;
    known = client.me ? unread : null;
    pageTitle.unread(isQuiet(client) ? 0 : unread);
    if (from !== null && unread > from)
      setTimeout(() => client.state.unread > from && !isQuiet(client) && chime(client), GLANCE_MS);
  };
  client.addEventListener("change", look);
  onChoice(client, look);
  look();
}

/** One of the open tabs is enough: the one that comes first holds the turn for as long as it sounds. */
function chime(client: Client): void {
  const { origin, site } = client.options;
  const sound = async () => {
    const context = new AudioContext();
    play(context, CHIME);
    await new Promise((done) => setTimeout(done, 1_000));
    await context.close();
  };
  const turn = `parvis:chime:${origin}:${site}`;
  // No locks where the page is not secure: then each tab speaks for itself.
  const said = navigator.locks
    ? navigator.locks.request(turn, { ifAvailable: true }, async (mine) => mine && sound())
    : sound();
  said.catch(() => {});
}
