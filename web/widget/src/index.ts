import { createClient, type ParvisOptions } from "#client";
import type { Parvis } from "../../loader/src/contract.ts";
import { setPageClient } from "./context.ts";
import { openTarget } from "./navigation.ts";

/** Makes the page's one client, defines the elements and answers the page's handle on them. */
export function start(options: ParvisOptions): Parvis {
  const client = createClient(options);
  setPageClient(client);
  // Only now: an element looks for its client the moment it is defined.
  const defined = import("./elements.ts");
  return {
    signIn: (token) => client.signIn(token),
    signOut: () => client.signOut(),
    async open(target) {
      await defined;
      await openTarget(client, target);
    },
  };
}
