import { Problem } from "#client";
import type { I18n } from "../i18n/i18n.ts";
import { sentenceFor } from "../problems.ts";

/** What the server says of a group or a picture is more to the point than what we say of messages. */
export function why(error: unknown, i18n: I18n): string {
  const { status, detail } = Problem.of(error);
  const said = [403, 409, 413, 415, 422].includes(status) && detail;
  return said || sentenceFor(error, i18n);
}
