// One call as this page takes part in it: what is sent, what comes, and where it stands.
import type { Call, Calls, MemberCard } from "#client";
import { type Opened, open, openScreen, type Trouble, type Wish } from "./devices.ts";
import { Peer, type Sending, type Signal } from "./peer.ts";
import { type Grade, grade, Holding, type Sample, sample } from "./quality.ts";
import { Relay } from "./relay.ts";

export type Phase = "preview" | "outgoing" | "incoming" | "active" | "over";
const MEASURED_EVERY = 2_000;
/** New ways are looked for at once; after so long the two begin anew. */
const LOST_AFTER = 8_000;

export class Meeting extends EventTarget {
  phase: Phase;
  call: Call | null;
  grade: Grade | null = null;
  sending: Sending = { microphone: true, camera: false, screen: false };
  /** What the other one sends; until they say so, both. */
  theirs: Sending = { microphone: true, camera: true, screen: false };
  trouble: { microphone?: Trouble; camera?: Trouble } = {};
  /** It goes on on another page of one's own. */
  elsewhere = false;
  /** The picture was given up for the sound. */
  narrow = false;
  error: unknown = null;
  microphone: MediaStreamTrack | null = null;
  camera: MediaStreamTrack | null = null;
  screen: MediaStreamTrack | null = null;
  peer: Peer | null = null;
  #relay: Relay | null = null;
  #measuring: ReturnType<typeof setInterval> | undefined;
  #last: Sample | null = null;
  #holding = new Holding();
  #pages = "";
  #rung = false;
  #lost: ReturnType<typeof setTimeout> | undefined;
  /** Signals that came before there was somebody to take them. */
  #early: Signal[] = [];

  constructor(
    readonly calls: Calls,
    readonly me: MemberCard,
    readonly other: MemberCard,
    readonly media: Call["media"],
    call: Call | null,
  ) {
    super();
    this.call = call;
    this.phase = call ? phaseOf(call) : "preview";
    this.sending.camera = media === "video";
  }

  get isCaller(): boolean {
    return !this.call || this.call.caller.id === this.me.id;
  }

  /** Camera and microphone, as far as they can be had. */
  async prepare(wish: Partial<Wish> = {}): Promise<void> {
    const whole: Wish = { microphone: true, camera: this.sending.camera, ...wish };
    const opened = await open(whole);
    if (this.phase === "over") return stop(opened);
    this.trouble = opened.trouble;
    if (whole.microphone) this.#replace("microphone", opened.microphone);
    if (whole.camera) this.#replace("camera", opened.camera);
    await this.#sendAll();
  }

  /** It rings at the other one's. */
  async ring(): Promise<void> {
    if (this.#rung) return;
    this.#rung = true;
    await this.#attempt(async () => {
      const call = await this.calls.start(this.other.id, this.media);
      const late = this.phase === "over" && !this.call;
      this.follow(call);
      // Thought better of before it was known which call it is.
      if (late && !isOver(call)) await this.calls.hangUp(call.id);
    });
  }

  async accept(camera: boolean): Promise<void> {
    this.sending.camera = camera;
    await this.#attempt(async () => {
      if (this.call) this.follow(await this.calls.accept(this.call.id));
    });
  }

  async decline(): Promise<void> {
    await this.#attempt(async () => {
      if (this.call) this.follow(await this.calls.decline(this.call.id));
    });
  }

  /** Hangs up, takes the call back, or thinks better of it. */
  async leave(): Promise<void> {
    const { call, elsewhere } = this;
    this.#end();
    // What goes on on another page is not this one's to end.
    if (call && !isOver(call) && !elsewhere) await this.calls.hangUp(call.id).catch(() => {});
  }

  /** What the server says of the call. */
  follow(call: Call): void {
    // What was told overtakes what was answered.
    if (this.call?.id === call.id && stage(call) < stage(this.call)) return;
    this.call = call;
    if (this.phase === "over") return this.changed();
    this.elsewhere = call.state === "active" && !this.calls.isHere(call);
    if (isOver(call) || this.elsewhere) return this.#end();
    this.phase = phaseOf(call);
    const pages = `${call.started_on} ${call.answered_on}`;
    if (this.phase === "active" && pages !== this.#pages) {
      // Another page than before, of either: the two begin anew.
      this.#pages = pages;
      void this.#connect();
    }
    this.changed();
  }

  hear(signal: Signal): void {
    if (signal.sending) {
      this.theirs = signal.sending;
      this.changed();
    }
    if (this.peer) this.peer.take(signal);
    else this.#early.push(signal);
  }

  async mute(): Promise<void> {
    this.sending.microphone = !this.sending.microphone;
    if (this.sending.microphone && !this.microphone) await this.prepare({ camera: false });
    if (this.microphone) this.microphone.enabled = this.sending.microphone;
    this.#say();
  }

  async toggleCamera(): Promise<void> {
    this.sending.camera = !this.sending.camera;
    this.narrow = false;
    if (this.sending.camera) await this.prepare({ microphone: false });
    else this.#replace("camera", null);
    await this.#sendAll();
  }

  async toggleScreen(): Promise<void> {
    if (this.screen) this.#replace("screen", null);
    else {
      const track = await openScreen();
      track?.addEventListener("ended", () => void this.toggleScreen());
      this.#replace("screen", track);
    }
    this.sending.screen = this.screen !== null;
    await this.#sendAll();
  }

  /** The network may be another one now. */
  reconnected(): void {
    if (this.peer && this.peer.link !== "connected") this.peer.again();
  }

  changed = (): void => {
    this.dispatchEvent(new Event("change"));
  };

  async #connect(): Promise<void> {
    this.peer?.close();
    this.#relay?.end();
    const relay = new Relay(this.calls, (servers) => this.peer?.again(servers));
    this.#relay = relay;
    const iceServers = await relay.servers();
    // Meanwhile it may be over, or begun anew.
    if (this.phase !== "active" || relay !== this.#relay) return relay.end();
    const peer = new Peer({ iceServers }, !this.isCaller, {
      signal: (signal) => this.#signal(signal),
      changed: () => this.#onLink(peer),
    });
    this.peer = peer;
    if (!this.microphone && !this.camera) await this.prepare();
    await this.#sendAll();
    if (this.isCaller) peer.begin();
    for (const signal of this.#early.splice(0)) peer.take(signal);
    clearInterval(this.#measuring);
    this.#measuring = setInterval(() => void this.#measure(peer), MEASURED_EVERY);
    this.#say();
  }

  /** When new ways do not help, the two begin anew. */
  #onLink(peer: Peer): void {
    if (peer !== this.peer) return;
    if (peer.link === "connected") {
      clearTimeout(this.#lost);
      this.#lost = undefined;
    } else if (peer.link !== "connecting") this.#lost ??= setTimeout(this.#anew, LOST_AFTER);
    this.changed();
  }

  #anew = (): void => {
    this.#lost = undefined;
    if (this.phase !== "active" || !this.call) return;
    // Without the server nothing can be agreed upon: once more, later.
    this.calls.rejoin(this.call.id).then(
      (call) => this.follow(call),
      () => {
        this.#lost ??= setTimeout(this.#anew, LOST_AFTER);
      },
    );
  };

  async #sendAll(): Promise<void> {
    this.sending.camera &&= this.camera !== null;
    const picture = this.narrow ? null : (this.screen ?? this.camera);
    await Promise.all([
      this.peer?.send("audio", this.microphone),
      this.peer?.send("video", picture),
    ]);
    this.#say();
  }

  #say(): void {
    if (this.peer) this.#signal({ sending: { ...this.sending } });
    this.changed();
  }

  #signal(signal: Signal): void {
    if (this.call) this.calls.signal(this.call.id, signal);
  }

  #replace(what: "microphone" | "camera" | "screen", track: MediaStreamTrack | null): void {
    this[what]?.stop();
    this[what] = track;
    if (track && what === "microphone") track.enabled = this.sending.microphone;
  }

  async #measure(peer: Peer): Promise<void> {
    if (peer !== this.peer || peer.link !== "connected") return;
    const report = await peer.connection.getStats();
    const now = sample(report.entries() as Iterable<[string, RTCStats]>, performance.now());
    if (this.#last) {
      this.grade = grade(this.#last, now);
      if (this.#holding.gives(this.grade, now.room) && (this.camera || this.screen)) {
        this.narrow = true;
        await this.#sendAll();
      }
    }
    this.#last = now;
    this.changed();
  }

  async #attempt(what: () => Promise<void>): Promise<void> {
    try {
      await what();
    } catch (error) {
      this.error = error;
      this.#end();
    }
  }

  #end(): void {
    this.phase = "over";
    clearInterval(this.#measuring);
    clearTimeout(this.#lost);
    this.peer?.close();
    this.#relay?.end();
    for (const what of ["microphone", "camera", "screen"] as const) this.#replace(what, null);
    this.changed();
  }
}

export function isOver({ state }: Call): boolean {
  return state !== "ringing" && state !== "active";
}

function stage(call: Call): number {
  return isOver(call) ? 2 : call.state === "active" ? 1 : 0;
}

function phaseOf(call: Call): Phase {
  if (isOver(call)) return "over";
  if (call.state === "active") return "active";
  return call.direction === "incoming" ? "incoming" : "outgoing";
}

function stop({ microphone, camera }: Opened): void {
  microphone?.stop();
  camera?.stop();
}
