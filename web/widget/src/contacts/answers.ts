// What one answers to contact requests, and the way back from it.
import type { RequestAnswer } from "#client";
import { attempt, type Stage } from "../conversations/actions.ts";

type Place = Pick<Stage, "ctx" | "tell">;

/** Accepts or declines; for a while that can be taken back. */
export function answered(
  place: Place,
  request: string,
  answer: Extract<RequestAnswer, "accept" | "decline">,
  name: string,
): Promise<boolean> {
  const { client, i18n } = place.ctx;
  const key = answer === "accept" ? "contacts.accepted.done" : "contacts.declined.done";
  return attempt(place, () => client.contacts.answer(request, answer), {
    text: i18n.t(key, { name }),
    undo: () => client.contacts.answer(request, "undo"),
  });
}

/** Takes back what one asked; of two who are contacts, parts them. */
export function withdrawn(
  place: Place,
  request: string,
  name: string,
  contacts = false,
): Promise<boolean> {
  const { client, i18n } = place.ctx;
  const key = contacts ? "contacts.removed.done" : "contacts.cancelled.done";
  return attempt(place, () => client.contacts.answer(request, "cancel"), {
    text: i18n.t(key, { name }),
  });
}
