import type { Client } from "#client";
import { asJson } from "#client/json.ts";
import type { Screen } from "../navigation.ts";

/** So that an open messenger stays open from one page of the website to the next. */
interface Remembered {
  member: string;
  screen: Screen;
}

function key({ options }: Client): string {
  return `parvis:messenger:${options.origin}:${options.site}`;
}

export function remember(client: Client, screen: Screen | null): void {
  try {
    const member = client.me?.id;
    if (!screen || !member) sessionStorage.removeItem(key(client));
    else sessionStorage.setItem(key(client), asJson({ member, screen } satisfies Remembered));
  } catch {
    // Storage is forbidden here: each page begins closed.
  }
}

/** Only for the same member. */
export function recall(client: Client): Screen | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key(client)) ?? "null") as Remembered | null;
    return kept && kept.member === client.me?.id ? kept.screen : null;
  } catch {
    return null;
  }
}
