import type { apiKeys as en } from "../en/api-keys.ts";

export const apiKeys: Record<keyof typeof en, string> = {
  "api-keys.hint":
    "Elles permettent à votre serveur d’agir au nom du site : tenir les membres à jour, envoyer des messages, lire les réglages.",
  "api-keys.none": "Aucune clé",
  "api-keys.new": "Nouvelle clé",
  "api-keys.new.hint": "Qui la détient peut tout ce que peut l’administration.",
  "api-keys.name": "À quoi elle sert",
  "api-keys.once": "Copiez-la maintenant : elle ne sera plus affichée.",
  "api-keys.made": "Créée par {name}, {when}",
  "api-keys.used": "utilisée le {when}",
  "api-keys.unused": "jamais utilisée",
  "api-keys.revoke": "Révoquer",
  "api-keys.revoke.title": "Révoquer « {name} » ?",
  "api-keys.revoke.text": "Ce qui l’utilise cesse aussitôt de fonctionner.",
};
