// Calls of the gallery: how one stands is fixed, and whom one talks to is another connection of this same page.
import type { Call, CallEvent, CallState, Calls, IceServers } from "#client";
import { Problem } from "#client";
import type { Sending, Signal } from "../src/calls/peer.ts";
import type { GalleryClient } from "./client.ts";
import { ago, me, people } from "./people.ts";

/** What is there when the page opens; "refused": one may not call after all. */
export type Calling = "incoming" | "active" | "refused" | "outgoing";

export class GalleryCalls implements Calls {
  readonly left: string | null;
  readonly #other = new Other((data) => this.#tell({ type: "call.signal", ...data }));

  constructor(
    private readonly client: GalleryClient,
    private readonly calling: Calling,
  ) {
    this.left = calling === "active" ? "call" : null;
  }

  async open(): Promise<readonly Call[]> {
    if (this.calling === "incoming") return [call("ringing", "incoming")];
    return this.left ? [call("active")] : [];
  }
  async start(): Promise<Call> {
    if (this.calling === "refused")
      throw new Problem({
        code: "rule_denied",
        status: 403,
        detail: "The organizer’s rules don’t allow it.",
      });
    return call("ringing");
  }
  async accept(): Promise<Call> {
    return call("active", "incoming");
  }
  async decline(): Promise<Call> {
    return call("declined", "incoming");
  }
  async hangUp(): Promise<Call> {
    return call("ended");
  }
  async rejoin(): Promise<Call> {
    return call("active");
  }
  signal(_callId: string, data: object): void {
    void this.#other.hear(data);
  }
  async iceServers(): Promise<IceServers> {
    return { ice_servers: [], expires_at: ago(-60) };
  }
  isHere(): boolean {
    return true;
  }

  #tell(detail: CallEvent): void {
    this.client.dispatchEvent(new CustomEvent("call", { detail }));
  }
}

function call(state: CallState, direction: Call["direction"] = "outgoing"): Call {
  const [claire] = people;
  if (!claire) throw new Error("Nobody to talk to");
  const [caller, callee] = direction === "outgoing" ? [me, claire] : [claire, me];
  return {
    id: "call",
    conversation_id: "c1",
    media: "video",
    state,
    caller,
    callee,
    direction,
    started_at: ago(13),
    answered_at: state === "active" ? ago(12) : null,
    ended_at: null,
    started_on: "page",
    answered_on: state === "active" ? "page" : null,
  };
}

const SENDS: Sending = { microphone: false, camera: false, screen: false };

/** The one at the other end: answers whatever is offered, and sends neither sound nor picture. */
class Other {
  #connection: RTCPeerConnection | null = null;

  constructor(
    private readonly tell: (data: { call_id: string; data: Signal; device: null }) => void,
  ) {}

  async hear({ description, candidate }: Signal): Promise<void> {
    if (description?.type === "offer") {
      const connection = this.#connect();
      await connection.setRemoteDescription(description);
      await connection.setLocalDescription();
      this.#say({ description: connection.localDescription?.toJSON(), sending: SENDS });
    }
    if (candidate) await this.#connection?.addIceCandidate(candidate);
  }

  #connect(): RTCPeerConnection {
    if (this.#connection) return this.#connection;
    const connection = new RTCPeerConnection();
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate) this.#say({ candidate: candidate.toJSON() });
    });
    this.#connection = connection;
    return connection;
  }

  #say(data: Signal): void {
    this.tell({ call_id: "call", data, device: null });
  }
}
