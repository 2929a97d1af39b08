import type { MemberCard } from "../wire.ts";

export type CallMedia = "video" | "voice";
export type CallState =
  | "ringing"
  | "active"
  | "ended"
  | "declined"
  | "cancelled"
  | "missed"
  | "busy";

/** A call as one of the two sees it. */
export interface Call {
  id: string;
  conversation_id: string;
  media: CallMedia;
  state: CallState;
  caller: MemberCard;
  callee: MemberCard;
  direction: "outgoing" | "incoming";
  started_at: string;
  answered_at: string | null;
  ended_at: string | null;
  /** The caller's page in it. */
  started_on: string | null;
  /** The callee's page in it. */
  answered_on: string | null;
}

export type CallEvent =
  | { type: "call.incoming" | "call.updated"; call: Call }
  /** What the other one's page says to this one. */
  | { type: "call.signal"; call_id: string; data: unknown; device: string | null };

/** What a browser's RTCPeerConnection takes. */
export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

/** With credentials for oneself, until when they are taken. */
export interface IceServers {
  ice_servers: IceServer[];
  expires_at: string;
}

/** Calls, from this page. Events are told by the client: "call", with a CallEvent. */
export interface Calls {
  /** Those that ring, or go on. */
  open(): Promise<readonly Call[]>;
  start(memberId: string, media: CallMedia): Promise<Call>;
  accept(callId: string): Promise<Call>;
  decline(callId: string): Promise<Call>;
  hangUp(callId: string): Promise<Call>;
  /** Begins anew from this page: after it was loaded again, or when the two lost each other. */
  rejoin(callId: string): Promise<Call>;
  /** To the other one's page; kept until there is a connection, for a while. */
  signal(callId: string, data: object): void;
  iceServers(): Promise<IceServers>;
  /** Whether one takes part on this page. */
  isHere(call: Call): boolean;
  /** The call in which this page was before it was loaded again. */
  readonly left: string | null;
}
