import type { Client } from "#client";

/** What was typed and not sent, for as long as the tab lives. Storage may be forbidden: then for as long as the page. */
const memory = new Map<string, string>();

function key(client: Client, conversation: string): string {
  const { origin, site } = client.options;
  return `parvis:draft:${origin}:${site}:${client.me?.id}:${conversation}`;
}

export function readDraft(client: Client, conversation: string): string {
  const name = key(client, conversation);
  try {
    return sessionStorage.getItem(name) ?? memory.get(name) ?? "";
  } catch {
    return memory.get(name) ?? "";
  }
}

export function keepDraft(client: Client, conversation: string, text: string): void {
  const name = key(client, conversation);
  if (text) memory.set(name, text);
  else memory.delete(name);
  try {
    if (text) sessionStorage.setItem(name, text);
    else sessionStorage.removeItem(name);
  } catch {
    // Kept in memory.
  }
}
