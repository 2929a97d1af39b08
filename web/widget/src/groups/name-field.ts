import { html, nothing } from "lit";
import type { Context } from "../context.ts";
import { LONGEST, lengthOf } from "./name.ts";

/** The field for the name of a group. What is too long is shown, not cut: who pastes sees what is lost. */
export function nameField(
  { i18n }: Context,
  { text, error, label = false }: { text: string; error: string | null; label?: boolean },
  typed: (text: string) => void,
) {
  const length = lengthOf(text);
  const over = length - LONGEST;
  const said = error ?? (over > 0 ? i18n.plural("groups.name.over", over) : null);
  const counted = i18n.t("groups.name.left", {
    n: i18n.number(length),
    most: i18n.number(LONGEST),
  });
  return html`<div class="field">
    <label for="name" class=${label ? "" : "quietly"}>${i18n.t("groups.name")}</label>
    <input class="input" id="name" name="name" autocomplete="off" dir="auto" required aria-describedby="name-said" aria-invalid=${said ? "true" : "false"}
      .value=${text} @input=${(event: Event) => typed((event.target as HTMLInputElement).value)} />
    <p class="under" id="name-said"><span class=${said ? "error" : ""} role="alert">${said ?? nothing}</span><span class=${over > 0 ? "over" : ""}>${counted}</span></p>
  </div>`;
}
