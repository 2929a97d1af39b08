// How good the way between the two is, from what the browser measures (W3C WebRTC statistics).

export type Grade = "good" | "fair" | "poor";

/** Counts of one moment, as they add up since the call began. */
export interface Sample {
  at: number;
  received: number;
  lost: number;
  /** Seconds there and back; null: not known yet. */
  delay: number | null;
  /** The share of what one sent that the other missed, 0..1. */
  missed: number;
  /** What could be sent, in bits a second; null: not known. */
  room: number | null;
}

interface Stat {
  type: string;
  nominated?: boolean;
  state?: string;
  currentRoundTripTime?: number;
  availableOutgoingBitrate?: number;
  packetsReceived?: number;
  packetsLost?: number;
  fractionLost?: number;
}

export function sample(report: Iterable<[string, Stat]>, at: number): Sample {
  const found: Sample = { at, received: 0, lost: 0, delay: null, missed: 0, room: null };
  for (const [, stat] of report) {
    if (stat.type === "candidate-pair" && stat.nominated && stat.state === "succeeded") {
      found.delay = stat.currentRoundTripTime ?? found.delay;
      found.room = stat.availableOutgoingBitrate ?? found.room;
    }
    if (stat.type === "inbound-rtp") {
      found.received += stat.packetsReceived ?? 0;
      found.lost += Math.max(0, stat.packetsLost ?? 0);
    }
    if (stat.type === "remote-inbound-rtp")
      found.missed = Math.max(found.missed, stat.fractionLost ?? 0);
  }
  return found;
}

/** Either direction counts: the worse of the two is what people notice. ITU-T G.114: up to 400 ms there and back is fine. */
export function grade(before: Sample, now: Sample): Grade {
  const received = now.received - before.received;
  const lost = now.lost - before.lost;
  const loss = Math.max(now.missed, received + lost > 0 ? lost / (received + lost) : 0);
  const delay = now.delay ?? 0;
  if (loss > 0.1 || delay > 0.8) return "poor";
  return loss > 0.03 || delay > 0.4 ? "fair" : "good";
}

/** So many measurements in a row must be poor, with no room for a picture, before the picture gives way to the sound. */
const PATIENCE = 4;
const PICTURE_NEEDS = 120_000;

export class Holding {
  #poor = 0;

  /** Whether the picture is given up now. */
  gives(measured: Grade, room: number | null): boolean {
    const narrow = measured === "poor" && (room === null || room < PICTURE_NEEDS);
    this.#poor = narrow ? this.#poor + 1 : 0;
    return this.#poor === PATIENCE;
  }
}
