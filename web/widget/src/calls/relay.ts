// The servers that help two find each other, and the credentials for them, which end while people may still talk.
import type { Calls } from "#client";

const MINUTE = 60_000;
/** However wrong the clock of this machine is: neither at every moment nor too late. */
const LIFE = { shortest: 15 * MINUTE, longest: 60 * MINUTE };
/** After a failure; after each further one twice as long. */
const AGAIN = { shortest: 5_000, longest: 2 * MINUTE };

export class Relay {
  readonly #calls: Pick<Calls, "iceServers">;
  readonly #renewed: (servers: RTCIceServer[]) => void;
  readonly #random: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #ended = false;

  /** `renewed` hears of new credentials: what is relayed has to move to them. */
  constructor(
    calls: Pick<Calls, "iceServers">,
    renewed: (servers: RTCIceServer[]) => void,
    random: () => number = Math.random,
  ) {
    this.#calls = calls;
    this.#renewed = renewed;
    this.#random = random;
  }

  /** To begin with. Without a relay two behind friendly networks still find each other. */
  async servers(): Promise<RTCIceServer[]> {
    return (await this.#fetch()) ?? [];
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  async #fetch(): Promise<RTCIceServer[] | null> {
    try {
      const { ice_servers, expires_at } = await this.#calls.iceServers();
      this.#failures = 0;
      const life = Date.parse(expires_at) - Date.now();
      // What needs no credentials does not end.
      if (ice_servers.some(({ username }) => username)) this.#later(within(life, LIFE));
      return ice_servers;
    } catch {
      this.#later(within(AGAIN.shortest * 2 ** this.#failures, AGAIN));
      this.#failures += 1;
      return null;
    }
  }

  /** Never all at once, and with time left to try again. */
  #later(time: number): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#renew(), time * (0.6 + 0.2 * this.#random()));
  }

  async #renew(): Promise<void> {
    const servers = await this.#fetch();
    if (servers && !this.#ended) this.#renewed(servers);
  }
}

function within(time: number, { shortest, longest }: { shortest: number; longest: number }) {
  return Math.min(longest, Math.max(shortest, time));
}
