import { createClient, type ParvisOptions } from "#client";
import type { Parvis } from "../../loader/src/contract.ts";
import { setPageClient } from "./context.ts";
import { defineElements, defineScreens } from "./elements.ts";
import { openTarget } from "./navigation.ts";

/** Makes the page's one client, defines the elements and answers the page's handle on them. */
export function start(options: ParvisOptions): Parvis {
  const client = createClient(options);
  setPageClient(client);
  defineElements();
  return {
    signIn: (token) => client.signIn(token),
    signOut: () => client.signOut(),
    open: (target) => openTarget(client, target),
    load: defineScreens,
  };
}
