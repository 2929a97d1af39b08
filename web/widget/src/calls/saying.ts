// What is said in words about where a call stands: shown, and told to whoever does not see it.
import type { Context } from "../context.ts";
import type { Key } from "../i18n/texts.ts";
import { sentenceFor } from "../problems.ts";
import type { Meeting } from "./meeting.ts";
import type { Sending } from "./peer.ts";

/** Under the other's name, while it lasts. */
export function status({ i18n }: Context, meeting: Meeting): string {
  const { grade, theirs, other } = meeting;
  const key = standing(meeting);
  if (key !== "calls.connected") return i18n.t(key);
  if (theirs.screen) return i18n.t("calls.theirs.screen", { name: other.name });
  return grade ? i18n.t(`calls.quality.${grade}`) : "";
}

/** What became of it. */
export function outcome({ i18n }: Context, meeting: Meeting): string {
  const { call, error, elsewhere, isCaller, other } = meeting;
  if (error) return sentenceFor(error, i18n);
  const state = elsewhere ? "elsewhere" : (call?.state ?? "ended");
  const own = state === "missed" && !isCaller ? "missed.own" : state;
  const known = i18n.find(`calls.over.${own}`) ?? i18n.t("calls.over.ended");
  return i18n.fill(known, { name: other.name });
}

function standing({ phase, peer }: Meeting): Key {
  if (phase === "outgoing") return "calls.ringing";
  if (peer?.link === "interrupted" || peer?.link === "failed") return "calls.interrupted";
  return peer?.link === "connected" ? "calls.connected" : "calls.connecting";
}

/** For whoever does not see it: each change in one sentence, once. What the focus goes to is read out as it is. */
export class News {
  #stood = "";
  #sent: Sending | null = null;
  #told = "";

  of(ctx: Context, meeting: Meeting): string {
    const { phase, theirs, other } = meeting;
    const before = this.#sent;
    this.#sent = phase === "active" ? theirs : null;
    const stands = this.#stands(ctx, meeting);
    if (stands !== this.#stood) {
      this.#stood = this.#told = stands;
      return stands;
    }
    const key = before && this.#sent && changed(before, theirs);
    if (key) this.#told = ctx.i18n.t(key, { name: other.name });
    return this.#told;
  }

  #stands(ctx: Context, meeting: Meeting): string {
    const { phase } = meeting;
    if (phase === "preview" || phase === "incoming") return "";
    return phase === "over" ? outcome(ctx, meeting) : ctx.i18n.t(standing(meeting));
  }
}

function changed(before: Sending, now: Sending): Key | null {
  if (before.microphone !== now.microphone)
    return now.microphone ? "calls.theirs.unmuted" : "calls.theirs.muted";
  if (before.screen !== now.screen)
    return now.screen ? "calls.theirs.screen" : "calls.theirs.screen.off";
  if (before.camera !== now.camera) return now.camera ? "calls.theirs.camera" : "calls.theirs.dark";
  return null;
}
