// Tries from this browser which ways calls can go: one connection per address, and whether it finds a way there.

export interface IceServer {
  urls: string[];
  username?: string | null;
  credential?: string | null;
}

/** How an address is reached: what it says, in a word. */
export type Way = "stun" | "udp" | "tcp" | "tls";

export interface Attempt {
  way: Way;
  url: string;
  works: boolean;
  /** Where others would reach this browser by it; null where that is its own address, or there is no way. */
  address: string | null;
}

const PATIENCE = 8_000;

/** Which way a `stun:`, `turn:` or `turns:` address goes. */
export function wayOf(url: string): Way {
  if (url.startsWith("stun")) return "stun";
  if (url.startsWith("turns:")) return "tls";
  return url.endsWith("transport=tcp") ? "tcp" : "udp";
}

/** Each address by itself, so that one that works does not hide one that doesn't. */
export function attempts(servers: IceServer[]): { way: Way; url: string; server: RTCIceServer }[] {
  return servers.flatMap(({ urls, username, credential }) =>
    urls.map((url) => ({
      way: wayOf(url),
      url,
      server: { urls: [url], ...(username && credential ? { username, credential } : {}) },
    })),
  );
}

/** All of them at the same time. */
export function tryAll(servers: IceServer[]): Promise<Attempt[]> {
  return Promise.all(
    attempts(servers).map(async ({ way, url, server }) => ({
      way,
      url,
      ...(await found(server, way === "stun" ? "srflx" : "relay")),
    })),
  );
}

type Found = Pick<Attempt, "works" | "address">;

/** The first candidate of a kind that a server gives. */
async function found(server: RTCIceServer, kind: RTCIceCandidateType): Promise<Found> {
  const connection = new RTCPeerConnection({
    iceServers: [server],
    iceTransportPolicy: kind === "relay" ? "relay" : "all",
  });
  try {
    return await new Promise((tell) => {
      const timer = setTimeout(() => end(false), PATIENCE);
      const end = (works: boolean, address: string | null = null) => {
        clearTimeout(timer);
        tell({ works, address });
      };
      let refused = false;
      connection.onicecandidateerror = () => {
        refused = true;
      };
      connection.onicecandidate = ({ candidate: one }) => {
        // Without a NAT in between, STUN answers with an address that is known already: no candidate, and no error.
        if (!one) end(kind === "srflx" && !refused);
        else if (one.type === kind) end(true, `${one.address}:${one.port}`);
      };
      connection.createDataChannel("");
      connection
        .createOffer()
        .then((offer) => connection.setLocalDescription(offer))
        .catch(() => end(false));
    });
  } finally {
    connection.close();
  }
}
