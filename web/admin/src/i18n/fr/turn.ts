import type { turn as en } from "../en/turn.ts";

export const turn: Record<keyof typeof en, string> = {
  "turn.title": "Chemins des appels",
  "turn.hint":
    "Les appels cherchent d’abord un chemin direct. Quand il n’y en a pas (réseaux d’entreprise, hôtels), un relais les transporte.",
  "turn.built_in": "Ce serveur relaie lui-même les appels.",
  "turn.outside": "Un autre serveur relaie les appels.",
  "turn.off": "Il n’y a pas de relais : les appels passent quand un chemin direct existe.",
  "turn.failed":
    "Le relais ne peut pas démarrer : les appels passent quand un chemin direct existe.",
  "turn.open":
    "Il annonce {address}. À ouvrir sur le serveur : port {ports} (UDP et TCP) et ports {from} à {to} (UDP).",
  "turn.private":
    "{address} n’est joignable que depuis le réseau du serveur. La personne qui exploite le serveur indique l’adresse publique avec --turn-relay-ip.",
  "turn.try": "Essayer depuis ce navigateur",
  "turn.trying": "Essai en cours…",
  "turn.works": "Fonctionne",
  "turn.fails": "Pas de chemin",
  "turn.way.stun": "Adresse propre (STUN)",
  "turn.way.udp": "Relais par UDP",
  "turn.way.tcp": "Relais par TCP",
  "turn.way.tls": "Relais par TLS",
  "turn.verdict.all": "Tous les chemins fonctionnent d’ici.",
  "turn.verdict.some": "Les appels fonctionnent d’ici, mais pas par tous les chemins.",
  "turn.verdict.none":
    "Le relais n’est pas joignable d’ici : seuls les appels directs fonctionnent. Demandez à votre service informatique d’ouvrir les adresses ci-dessous.",
};
