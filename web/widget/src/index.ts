import { type Client, createClient, type Environment, type ParvisOptions } from "#client";
import type { Parvis } from "../../loader/src/contract.ts";
import { setPageClient } from "./context.ts";
import { defineElements, defineOthers } from "./elements.ts";
import { openTarget } from "./navigation.ts";
import { fetchPiece } from "./pieces.ts";

/** What `start` answers: the page's handle on the elements, and for our own page the client itself. */
interface Started extends Parvis {
  client: Client;
}

/** Makes the page's one client, defines the elements and answers the page's handle on them. */
export function start(options: ParvisOptions, environment?: Partial<Environment>): Started {
  const client = createClient(options, environment);
  setPageClient(client);
  defineElements();
  tellNews(client);
  return {
    client,
    signIn: (token) => client.signIn(token),
    signOut: () => client.signOut(),
    open: (target) => openTarget(client, target),
    load: defineOthers,
  };
}

/** Once there is something unread, what tells of it is fetched. */
function tellNews(client: Client): void {
  let before: number | null = null;
  const look = () => {
    const { unread, loaded } = client.state;
    if (unread === 0) {
      if (loaded) before = 0;
      return;
    }
    client.removeEventListener("change", look);
    fetchPiece("news").then(
      ({ followNews }) => followNews(client, before),
      () => client.addEventListener("change", look),
    );
  };
  client.addEventListener("change", look);
}
