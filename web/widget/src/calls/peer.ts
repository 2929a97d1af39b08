// The media between two people: "perfect negotiation" (W3C WebRTC 1.0, section 10.7), so that two who change something
// at the same moment don't wedge each other: the impolite one's offer stands, the polite one takes theirs back.

/** What the two tell each other through the server. */
export interface Signal {
  description?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit;
  /** What they send now. */
  sending?: Sending;
}

/** What somebody sends. */
export interface Sending {
  microphone: boolean;
  camera: boolean;
  screen: boolean;
}

export interface PeerHost {
  signal(signal: Signal): void;
  /** Tracks, states or the connection are otherwise than before. */
  changed(): void;
}

export type Link = "connecting" | "connected" | "interrupted" | "failed";
type Kind = "audio" | "video";

/** After so long without a word from the other side, new ways to them are looked for. */
const PATIENCE = 2_500;

export class Peer {
  readonly remote = new MediaStream();
  readonly connection: RTCPeerConnection;
  readonly #host: PeerHost;
  readonly #polite: boolean;
  readonly #tracks: Record<Kind, MediaStreamTrack | null> = { audio: null, video: null };
  #offering = false;
  #ignoring = false;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** Signals are taken one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(configuration: RTCConfiguration, polite: boolean, host: PeerHost) {
    this.#host = host;
    this.#polite = polite;
    this.connection = new RTCPeerConnection(configuration);
    this.connection.addEventListener("negotiationneeded", () => void this.#offer());
    this.connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate) host.signal({ candidate: candidate.toJSON() });
    });
    this.connection.addEventListener("track", ({ track }) => {
      this.remote.addTrack(track);
      for (const what of ["mute", "unmute", "ended"]) track.addEventListener(what, host.changed);
      host.changed();
    });
    this.connection.addEventListener("connectionstatechange", this.#onState);
  }

  get link(): Link {
    const state = this.connection.connectionState;
    if (state === "connected") return "connected";
    if (state === "disconnected") return "interrupted";
    return state === "failed" || state === "closed" ? "failed" : "connecting";
  }

  /** The one who called begins: a line for sound and one for the picture, whether or not there is a camera yet. */
  begin(): void {
    for (const kind of ["audio", "video"] as const) {
      const track = this.#tracks[kind];
      this.connection.addTransceiver(track ?? kind, { direction: "sendrecv" });
    }
  }

  /** What is sent from now on. Nothing has to be agreed upon anew. */
  async send(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks[kind] = track;
    await this.#sender(kind)?.replaceTrack(track);
  }

  take(signal: Signal): void {
    this.#turn = this.#turn.then(() => this.#take(signal)).catch(() => this.#host.changed());
  }

  /** New ways to each other: after the network was away or is another one, or over other servers from now on. */
  again(iceServers?: RTCIceServer[]): void {
    if (this.connection.signalingState === "closed") return;
    if (iceServers) this.connection.setConfiguration({ iceServers });
    this.connection.restartIce();
  }

  close(): void {
    clearTimeout(this.#waiting);
    this.connection.close();
  }

  #sender(kind: Kind): RTCRtpSender | undefined {
    const lines = this.connection.getTransceivers();
    return lines.find(({ receiver }) => receiver.track.kind === kind)?.sender;
  }

  async #offer(): Promise<void> {
    try {
      this.#offering = true;
      await this.connection.setLocalDescription();
      this.#describe();
    } catch {
      // It will be needed again.
    } finally {
      this.#offering = false;
    }
  }

  async #take({ description, candidate }: Signal): Promise<void> {
    const { connection } = this;
    if (description) {
      const both = this.#offering || connection.signalingState !== "stable";
      this.#ignoring = description.type === "offer" && both && !this.#polite;
      if (this.#ignoring) return;
      await connection.setRemoteDescription(description);
      if (description.type !== "offer") return;
      await this.#join();
      await connection.setLocalDescription();
      this.#describe();
    }
    // Candidates of an offer that was ignored fit nothing.
    if (candidate)
      await connection.addIceCandidate(candidate).catch((error) => {
        if (!this.#ignoring) throw error;
      });
  }

  /** Into the lines that the other one opened goes what one sends. */
  async #join(): Promise<void> {
    for (const line of this.connection.getTransceivers()) {
      if (line.direction === "stopped") continue;
      line.direction = "sendrecv";
      const kind = line.receiver.track.kind as Kind;
      if (line.sender.track !== this.#tracks[kind])
        await line.sender.replaceTrack(this.#tracks[kind]);
    }
  }

  #describe(): void {
    const { localDescription } = this.connection;
    if (localDescription) this.#host.signal({ description: localDescription.toJSON() });
  }

  #onState = (): void => {
    clearTimeout(this.#waiting);
    const { link } = this;
    if (link === "interrupted") this.#waiting = setTimeout(() => this.again(), PATIENCE);
    if (link === "failed") this.again();
    this.#host.changed();
  };
}
