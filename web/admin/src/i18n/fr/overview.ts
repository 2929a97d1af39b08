import type { overview as en } from "../en/overview.ts";

export const overview: Record<keyof typeof en, string> = {
  "overview.hello": "Bonjour {name}",
  "overview.connected": "connectés en ce moment",
  "overview.waiting": "attendent votre réponse",
  "overview.messages": "messages aujourd’hui",
  "overview.response": "pour répondre, d’ordinaire",
  "overview.reports": "signalements ouverts",
  "overview.minutes": "{n} min",
  "overview.hours": "{n} h",
  "overview.days": "{n} jours",
  "overview.here": "Présents en ce moment",
  "overview.talk": "Les échanges des 30 derniers jours",
  "overview.organizers": "Avec l’organisation",
  "overview.series.messages": "Messages",
  "overview.series.active": "Membres actifs",
  "overview.series.organizers": "Messages avec l’organisation",
  "overview.table": "Les mêmes chiffres en tableau",
  "overview.day": "Jour",
  "overview.active.one": "{n} actif aujourd’hui",
  "overview.active.other": "{n} actifs aujourd’hui",
  "overview.nothing": "Rien pour l’instant. Ce qui s’écrira dès maintenant apparaîtra ici.",
};
