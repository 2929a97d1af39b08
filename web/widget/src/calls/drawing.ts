import { html, nothing } from "lit";
import type { Context } from "../context.ts";
import { face } from "../face.ts";
import "./elapsed.ts";
import { type CallIcon, callIcon } from "./icons.ts";
import type { Meeting } from "./meeting.ts";
import { outcome, status } from "./saying.ts";

/** What one can do in a call. */
export interface Doings {
  start(): void;
  cancel(): void;
  answer(camera: boolean): void;
  decline(): void;
  hangUp(): void;
  close(): void;
  again(): void;
  mute(): void;
  camera(): void;
  screen(): void;
  retry(): void;
  choose(what: "microphone" | "camera", id: string): void;
  pip(): void;
  full(): void;
  small(): void;
  chat(): void;
}

/** Somebody calls. */
export function incoming(ctx: Context, meeting: Meeting, doings: Doings) {
  const { i18n } = ctx;
  const { other, media } = meeting;
  return html`<div class="who">${face(ctx, other)}
      <h2 tabindex="-1">${i18n.t(`calls.incoming.${media}`, { name: other.name })}</h2></div>
    <div class="answers">
      <button type="button" class="button danger" @click=${doings.decline}>${callIcon("hangup")}${i18n.t("calls.decline")}</button>
      ${
        media === "video"
          ? html`<button type="button" class="button soft" @click=${() => doings.answer(false)}>${callIcon("voice")}${i18n.t("calls.answer.voice")}</button>`
          : nothing
      }
      <button type="button" class="button" @click=${() => doings.answer(media === "video")}>${callIcon(media)}${i18n.t("calls.answer")}</button>
    </div>`;
}

/** Before one calls: how one looks, and with what. */
export function preview(
  ctx: Context,
  meeting: Meeting,
  choices: MediaDeviceInfo[],
  doings: Doings,
) {
  const { i18n } = ctx;
  const { other, media } = meeting;
  return html`<h2 tabindex="-1">${i18n.t("calls.preview", { name: other.name })}</h2>
    ${
      media === "video"
        ? html`<div class="mirror">${meeting.camera ? html`<video id="own" class="own" muted playsinline aria-label=${i18n.t("calls.self")}></video>` : callIcon("dark")}</div>`
        : nothing
    }
    ${trouble(ctx, meeting, doings)}
    ${chooser(ctx, "microphone", meeting.microphone, choices, doings)}
    ${media === "video" ? chooser(ctx, "camera", meeting.camera, choices, doings) : nothing}
    <div class="answers">
      <button type="button" class="button plain" @click=${doings.cancel}>${i18n.t("calls.cancel")}</button>
      <button type="button" class="button" @click=${doings.start}>${callIcon(media)}${i18n.t("calls.start")}</button>
    </div>`;
}

function chooser(
  { i18n }: Context,
  what: "microphone" | "camera",
  current: MediaStreamTrack | null,
  choices: MediaDeviceInfo[],
  doings: Doings,
) {
  const kind = what === "camera" ? "videoinput" : "audioinput";
  const fitting = choices.filter((one) => one.kind === kind && one.label);
  if (fitting.length < 2) return nothing;
  const { deviceId } = current?.getSettings() ?? {};
  return html`<label class="chooser">${i18n.t(`calls.${what}`)}
    <select @change=${({ target }: Event) => doings.choose(what, (target as HTMLSelectElement).value)}>
      ${fitting.map((one) => html`<option value=${one.deviceId} ?selected=${one.deviceId === deviceId}>${one.label}</option>`)}
    </select></label>`;
}

/** What does not work from here, and what to do about it. */
function trouble({ i18n }: Context, { trouble: found }: Meeting, doings: Doings) {
  const known = (["microphone", "camera"] as const).filter((what) => found[what]);
  if (!known.length) return nothing;
  return html`<div class="trouble" role="alert">
    ${known.map((what) => html`<p><b>${i18n.t(`calls.trouble.${what}`)}</b> ${i18n.t(`calls.trouble.${found[what] ?? "failed"}`)}</p>`)}
    <button type="button" class="button small soft" @click=${doings.retry}>${i18n.t("calls.again")}</button></div>`;
}

/** The other's picture, or their face; one's own; what is worth saying. */
export function stage(ctx: Context, meeting: Meeting, doings: Doings) {
  const { i18n } = ctx;
  const { other, theirs, phase, sending } = meeting;
  const name = { name: other.name };
  const pictures = phase === "active" && (theirs.camera || theirs.screen);
  return html`<div class="stage">
    <video id="theirs" class=${pictures ? (theirs.screen ? "screen" : "") : "none"} autoplay playsinline aria-label=${other.name}></video>
    ${pictures ? nothing : html`<div class="faces">${face(ctx, other)}</div>`}
    <div class="saying"><h2 tabindex="-1">${other.name}</h2><p>${lasting(meeting)}<span>${status(ctx, meeting)}</span></p></div>
    ${phase === "active" && !theirs.microphone ? html`<p class="hint">${callIcon("silent")}<span>${i18n.t("calls.theirs.muted", name)}</span></p>` : nothing}
    ${sending.camera || sending.screen ? html`<video id="own" class="own corner ${sending.screen ? "screen" : ""}" muted playsinline aria-label=${i18n.t("calls.self")}></video>` : nothing}
    ${trouble(ctx, meeting, doings)}
    ${
      meeting.narrow
        ? html`<div class="trouble" role="alert"><p>${i18n.t("calls.narrow")}</p><button type="button" class="button small soft"
          @click=${doings.camera}>${i18n.t("calls.narrow.again")}</button></div>`
        : nothing
    }
  </div>`;
}

/** How long the two have talked; while they have lost each other, that is said alone. */
function lasting({ phase, call, peer }: Meeting) {
  if (phase !== "active" || peer?.link !== "connected" || !call?.answered_at) return nothing;
  return html`<parvis-elapsed .since=${call.answered_at}></parvis-elapsed>`;
}

export function controls(
  { i18n }: Context,
  { phase, sending, other }: Meeting,
  { small, chatting }: { small: boolean; chatting: boolean },
  doings: Doings,
) {
  const one = (
    icon: CallIcon,
    label: string,
    run: () => void,
    more: { pressed?: boolean; class?: string } = {},
  ) =>
    html`<button type="button" class="round ${more.class ?? ""}" aria-label=${label} title=${label}
      aria-pressed=${more.pressed ?? nothing} @click=${run}>${callIcon(icon)}</button>`;
  const active = phase === "active";
  const mic = sending.microphone;
  return html`<div class="controls" role="group" aria-label=${i18n.t("calls.with", { name: other.name })}>
    ${one(mic ? "microphone" : "silent", i18n.t(mic ? "calls.microphone.off" : "calls.microphone.on"), doings.mute)}
    ${one(sending.camera ? "video" : "dark", i18n.t(sending.camera ? "calls.camera.off" : "calls.camera.on"), doings.camera)}
    ${active && !small && "getDisplayMedia" in (navigator.mediaDevices ?? {}) ? one("screen", i18n.t(sending.screen ? "calls.screen.off" : "calls.screen.on"), doings.screen, { class: sending.screen ? "on" : "" }) : nothing}
    ${active && !small ? one("chat", i18n.t("calls.chat"), doings.chat, { pressed: chatting }) : nothing}
    ${active && !small && document.pictureInPictureEnabled ? one("pip", i18n.t("calls.pip"), doings.pip) : nothing}
    ${active && !small && document.fullscreenEnabled ? one("full", i18n.t("calls.full"), doings.full, { class: "fills" }) : nothing}
    ${active ? one(small ? "full" : "small", i18n.t(small ? "calls.large" : "calls.small"), doings.small) : nothing}
    ${one("hangup", i18n.t(phase === "outgoing" ? "calls.cancel" : "calls.hangup"), doings.hangUp, { class: "stop" })}
  </div>`;
}

/** What became of it. */
export function over(ctx: Context, meeting: Meeting, doings: Doings) {
  const { i18n } = ctx;
  const { call, other, elsewhere, error, isCaller } = meeting;
  const { state = "ended" } = call ?? {};
  const back = !error && !elsewhere && (state === "missed" || (isCaller && state !== "ended"));
  return html`<div class="who">${face(ctx, other)}<h2 tabindex="-1">${outcome(ctx, meeting)}</h2></div>
    <div class="answers">
      ${back ? html`<button type="button" class="button soft" @click=${doings.again}>${callIcon(meeting.media)}${i18n.t("calls.back")}</button>` : nothing}
      <button type="button" class="button plain" @click=${doings.close}>${i18n.t("calls.close")}</button>
    </div>`;
}
