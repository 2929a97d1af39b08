import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { CallEvent, Client } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { base } from "#ui/theme/tokens.ts";
import { Part } from "../part.ts";
import { DETAIL_TEMPLATES } from "../templates/detail.ts";
import "./call-back.ts";
import "./call-buttons.ts";
import { callStyles } from "./call.styles.ts";
import { type CallDesk, callDesk } from "./call-desk.ts";
import { devices } from "./devices.ts";
import { controls, type Doings, incoming, over, preview, stage } from "./drawing.ts";
import { callIconStyles } from "./icons.ts";
import type { Meeting } from "./meeting.ts";
import { Notice } from "./notice.ts";
import "./notices.ts";
import { News } from "./saying.ts";
import { focused, raise } from "./top.ts";

/** The call this page is in, over everything else. Of several elements on a page one shows it. */
export class CallWindow extends Part {
  static override styles = [base, buttonStyles, callIconStyles, callStyles];
  static override properties: PropertyDeclarations = {
    small: { state: true },
    chatting: { state: true },
    choices: { state: true },
  };
  private small = false;
  private chatting = false;
  private choices: MediaDeviceInfo[] = [];
  private desk: CallDesk | null = null;
  private heard: Client | null = null;
  private readonly notice = new Notice();
  private news = new News();
  /** The one it was opened for, and where the focus was before. */
  private opened: Meeting | null = null;
  private cameFrom: HTMLElement | null = null;
  private held = false;
  /** Something of the page holds all there is outside of it. */
  private covered = false;

  protected override watches({ me }: Client) {
    return [me];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.desk?.removeEventListener("change", this.onDesk);
    if (this.desk?.shownBy === this) this.desk.shownBy = null;
    this.desk = null;
    this.heard?.removeEventListener("call", this.onCall);
    this.heard = null;
    this.notice.clear();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.held = this.focusIsHere;
  }

  protected override updated(): void {
    this.attend();
    this.rise();
    this.show("theirs", this.meeting?.peer?.remote ?? null);
    const { screen, camera } = this.meeting ?? {};
    this.show("own", screen ?? camera ?? null);
  }

  private get focusIsHere(): boolean {
    return Boolean(this.shadowRoot?.activeElement);
  }

  /** In the top layer: nothing of the page covers it, and nothing of the page holds it. */
  private rise(): void {
    const box = this.renderRoot.querySelector<HTMLDialogElement>(".call");
    const { meeting, opened, held, small } = this;
    const shown = box ? meeting : null;
    if (shown !== opened) {
      this.opened = shown;
      this.covered = false;
      if (!opened) this.cameFrom = focused();
    }
    const takes = box !== null && shown !== opened;
    if (box && meeting) {
      raise(box, meeting.phase === "preview" || (this.covered && !small));
      if (takes || (held && !this.focusIsHere)) this.enter(box);
    } else if (held) this.cameFrom?.focus();
  }

  private enter(box: HTMLDialogElement): void {
    // The news say what became of it: what is left to do has the focus.
    const target = box.querySelector<HTMLElement>(
      this.meeting?.phase === "over" ? ".answers .button" : "h2",
    );
    target?.focus();
    if (this.focusIsHere || box.open || this.small) return;
    this.covered = true;
    raise(box, true);
    target?.focus();
  }

  private onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    // It goes when it is told to, not by the browser's own way to close things.
    event.preventDefault();
    const { phase } = this.meeting ?? {};
    if (phase === "preview" || phase === "over") this.acts.close();
  };

  override render() {
    const { meeting } = this;
    if (!meeting || this.desk?.shownBy !== this) return nothing;
    const { phase } = meeting;
    const { ctx, small, choices } = this;
    const title = ctx.i18n.t("calls.with", { name: meeting.other.name });
    const large = phase === "active" && !small;
    const chat = large && this.chatting && meeting.call;
    return html`<dialog class="call ${phase} ${small ? "small" : ""} ${chat ? "chatting" : ""}" popover="manual" part="call"
      aria-label=${title} lang=${ctx.i18n.lang} @keydown=${this.onKey} @close=${() => this.requestUpdate()}>
      <p class="quietly" role="status">${this.news.of(ctx, meeting)}</p>
      ${phase === "incoming" ? incoming(ctx, meeting, this.acts) : nothing}
      ${phase === "preview" ? preview(ctx, meeting, choices, this.acts) : nothing}
      ${phase === "outgoing" || phase === "active" ? stage(ctx, meeting, this.acts) : nothing}
      ${phase === "outgoing" || phase === "active" ? controls(ctx, meeting, { small, chatting: this.chatting }, this.acts) : nothing}
      ${phase === "over" ? over(ctx, meeting, this.acts) : nothing}
      ${
        chat
          ? html`<div class="chat"><parvis-conversation .ctx=${ctx} .conversation=${chat.conversation_id} .template=${DETAIL_TEMPLATES[3]}></parvis-conversation></div>`
          : nothing
      }
    </dialog>`;
  }

  private get meeting(): Meeting | null {
    return this.desk?.meeting ?? null;
  }

  private attend(): void {
    const desk = this.ctx && callDesk(this.client);
    if (desk && desk !== this.desk) {
      this.desk?.removeEventListener("change", this.onDesk);
      desk.addEventListener("change", this.onDesk);
      this.desk = desk;
    }
    if (this.client !== this.heard) {
      this.heard?.removeEventListener("call", this.onCall);
      this.heard = this.client;
      this.heard.addEventListener("call", this.onCall);
    }
    if (this.desk && !this.desk.shownBy) {
      this.desk.shownBy = this;
      this.requestUpdate();
    }
  }

  /** The page is told too, once. */
  private onCall = (event: Event): void => {
    if (this.desk?.shownBy !== this) return;
    const { detail } = event as CustomEvent<CallEvent>;
    if (detail.type === "call.signal") return;
    this.dispatchEvent(new CustomEvent("parvis-call", { detail, bubbles: true, composed: true }));
  };

  private onDesk = (): void => {
    const { meeting } = this;
    if (meeting?.phase === "preview" && !this.choices.length) void this.look();
    if (meeting?.phase !== "active") this.small = this.chatting = false;
    this.notice.about(this.desk?.shownBy === this ? meeting : null, this.ctx.i18n);
    this.requestUpdate();
  };

  private async look(): Promise<void> {
    this.choices = await devices();
  }

  private show(id: string, what: MediaStream | MediaStreamTrack | null): void {
    const video = this.renderRoot.querySelector<HTMLVideoElement>(`#${id}`);
    if (!video) return;
    const track = what instanceof MediaStream ? null : what;
    const stream = what instanceof MediaStream ? what : (video.srcObject as MediaStream | null);
    if (what instanceof MediaStream || !what) {
      if (video.srcObject !== what) video.srcObject = what;
    } else if (stream?.getTracks()[0] !== track && track)
      video.srcObject = new MediaStream([track]);
    if (what && video.paused) void video.play().catch(() => {});
  }

  private readonly acts: Doings = {
    start: () => void this.meeting?.ring(),
    cancel: () => this.desk?.close(),
    answer: async (camera) => {
      const { meeting } = this;
      if (!meeting) return;
      meeting.sending.camera = camera;
      await meeting.prepare();
      await meeting.accept(camera);
    },
    decline: () => void this.meeting?.decline(),
    hangUp: () => void this.meeting?.leave(),
    close: () => this.desk?.close(),
    again: () => {
      const { meeting } = this;
      if (meeting) void this.desk?.prepare(meeting.other, meeting.media);
    },
    mute: () => void this.meeting?.mute(),
    camera: () => void this.meeting?.toggleCamera(),
    screen: () => void this.meeting?.toggleScreen(),
    retry: () => void this.meeting?.prepare().then(() => this.look()),
    choose: (what, id) =>
      void this.meeting?.prepare({ microphone: false, camera: false, [what]: id }),
    pip: () => {
      const video = this.renderRoot.querySelector<HTMLVideoElement>("#theirs");
      if (document.pictureInPictureElement) void document.exitPictureInPicture();
      else void video?.requestPictureInPicture?.().catch(() => {});
    },
    full: () => {
      const box = this.renderRoot.querySelector<HTMLElement>(".call");
      if (document.fullscreenElement) void document.exitFullscreen();
      else void box?.requestFullscreen?.().catch(() => {});
    },
    small: () => {
      this.small = !this.small;
    },
    chat: async () => {
      await import("../panel.ts");
      this.chatting = !this.chatting;
    },
  };
}

define("parvis-call", CallWindow);
