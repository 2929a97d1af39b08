import type { ParvisOptions } from "#client";
import type { Parvis } from "../../loader/src/contract.ts";

/** Defines the elements and answers the page's handle on them. */
export function start(_options: ParvisOptions): Parvis {
  const nothing = () => Promise.resolve();
  return { signIn: nothing, signOut: nothing, open: nothing };
}
