import type { suggestions as en } from "./suggestions.en.ts";

export const suggestions: Record<keyof typeof en, string> = {
  "suggestions.title": "Suggestions pour vous",
  "suggestions.shared.one": "{n} centre d’intérêt commun : {themes}",
  "suggestions.shared.other": "{n} centres d’intérêt communs : {themes}",
  "suggestions.offers": "Propose ce que vous cherchez : {themes}",
  "suggestions.looks_for": "Cherche ce que vous proposez : {themes}",
  "suggestions.write": "Écrire",
  "suggestions.message": "Écrire à {name}",
  "suggestions.contact": "Mise en contact",
  "suggestions.ask": "Demander la mise en contact à {name}",
  "suggestions.dismiss": "Pas pour moi : {name}",
  "suggestions.dismissed": "{name} ne vous sera plus proposé·e",
  "suggestions.none":
    "Personne ne vous correspond pour l’instant. Revenez plus tard, ou ajoutez des centres d’intérêt dans vos réglages.",
  "suggestions.invitation":
    "Dites ce qui vous intéresse, ce que vous proposez et ce que vous cherchez : les personnes qui vous correspondent vous seront proposées ici.",
  "suggestions.add": "Ajouter mes centres d’intérêt",
  "suggestions.interests": "Centres d’intérêt",
  "suggestions.interests.hint":
    "Ils servent à vous proposer des personnes qui vous correspondent, et à vous proposer à elles. Les autres les voient sur votre profil.",
  "suggestions.chosen.one": "{n} choisi",
  "suggestions.chosen.other": "{n} choisis",
  "suggestions.way.interests": "M’intéresse",
  "suggestions.way.offers": "Je propose",
  "suggestions.way.looks_for": "Je cherche",
  "suggestions.theme": "Un thème",
  "suggestions.theme.add": "Ajouter",
  "suggestions.away": "Pas pour moi",
  "suggestions.away.hint": "Ces personnes ne vous sont plus proposées. Elles n’en savent rien.",
  "suggestions.away.none": "Vous n’avez dit « pas pour moi » de personne.",
  "suggestions.back": "Proposer à nouveau",
  "suggestions.back.label": "Proposer {name} à nouveau",
};
