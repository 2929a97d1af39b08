export const turn = {
  "turn.title": "Ways for calls",
  "turn.hint":
    "Calls look for a direct way first. Where there is none (company networks, hotels), a relay carries them.",
  "turn.built_in": "This server relays calls itself.",
  "turn.outside": "Another server relays calls.",
  "turn.off": "There is no relay: calls work where a direct way is found.",
  "turn.failed": "The relay can't run: calls work where a direct way is found.",
  "turn.open":
    "It announces {address}. Open at the server: port {ports} (UDP and TCP) and ports {from} to {to} (UDP).",
  "turn.private":
    "{address} can only be reached inside the server's own network. Whoever runs the server names the public address with --turn-relay-ip.",
  "turn.try": "Try from this browser",
  "turn.trying": "Trying…",
  "turn.works": "Works",
  "turn.fails": "No way",
  "turn.way.stun": "Own address (STUN)",
  "turn.way.udp": "Relay over UDP",
  "turn.way.tcp": "Relay over TCP",
  "turn.way.tls": "Relay over TLS",
  "turn.verdict.all": "Every way works from here.",
  "turn.verdict.some": "Calls work from here, but not by every way.",
  "turn.verdict.none":
    "The relay can't be reached from here: only direct calls work. Ask your network's IT to open the addresses below.",
};
