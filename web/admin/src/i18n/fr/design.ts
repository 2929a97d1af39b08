import type { design as en } from "../en/design.ts";

export const design: Record<keyof typeof en, string> = {
  "design.hint": "L’apparence de la messagerie sur votre site.",
  "design.preview": "Aperçu",
  "design.preview.hint": "Les vrais éléments, avec des personnes inventées.",
  "design.list_template": "Liste des conversations",
  "design.list_template.1": "Photo et date",
  "design.list_template.2": "Photo, date, pastille de nouveauté",
  "design.list_template.3": "Sans photo, avec la pastille",
  "design.detail_template": "Conversation",
  "design.detail_template.1": "Photo carrée, bulle carrée",
  "design.detail_template.2": "Photo ronde, bulle carrée",
  "design.detail_template.3": "Sans photo, bulle carrée",
  "design.colours": "Couleur, angles, police",
  "design.accent": "Couleur",
  "design.radius": "Angles arrondis",
  "design.font": "Police",
  "design.font.system": "Celle de l’appareil",
  "design.font.serif": "Avec empattements",
  "design.font.rounded": "Arrondie",
  "design.contrast.text": "texte dessus",
  "design.contrast.light": "sur fond clair",
  "design.contrast.dark": "sur fond sombre",
  "design.css": "Pour la feuille de style de votre site",
  "design.colours.hint": "Ce que votre site définit dans sa propre feuille de style l’emporte.",
  "design.plain": "Par défaut",
  "design.font.mono": "Machine à écrire",
  "design.font.own": "Une police du site",
  "design.font.names": "Noms de la police",
  "design.font.names.hint":
    "Une police que la page charge, puis d’autres si elle manque, séparées par des virgules.",
  "design.font.names.wrong": "Des noms de polices séparés par des virgules, sans autres signes.",
  "design.contrast.low":
    "Peu lisible telle quelle : les textes de cette couleur sont assombris ou éclaircis d’eux-mêmes.",
  "design.css.hint":
    "Pour donner un autre aspect à une seule page, collez ceci dans sa feuille de style.",
};
