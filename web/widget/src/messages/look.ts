import type { Message, PendingMessage } from "#client";

/** What a place where people talk adds to its messages: those that are there, and those on their way. */
export interface Look {
  /** Further classes. */
  kind(one: Message | PendingMessage): string;
  /** What it is called for who listens. */
  label(message: Message, name: string): string;
  /** After the author's name. */
  beside(message: Message): unknown;
  above(one: Message | PendingMessage): unknown;
  /** In place of the bare text. */
  body(one: Message | PendingMessage): unknown;
  below(message: Message, tabbable: boolean): unknown;
}
