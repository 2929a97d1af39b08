import type { Dismissed, Page, Suggestion, Suggestions, ThemesOfDomain } from "#client";
import { people } from "./people.ts";

/** Some of the people, with reasons of every kind. */
export class GallerySuggestions implements Suggestions {
  async list(limit: number): Promise<readonly Suggestion[]> {
    return people.slice(1, 1 + Math.min(limit, 5)).map((member, index) => ({
      member,
      relation: member.relation,
      score: 0.9 - index / 10,
      shared: ["Reliure", "Poésie", "Accessibilité", "Papiers marbrés", "Voyage"].slice(index),
      offers: index % 2 ? [] : ["Traduction"],
      looks_for: index === 2 ? ["Typographie"] : [],
    }));
  }
  async themes(): Promise<readonly ThemesOfDomain[]> {
    return [
      { domain: "Le livre", themes: ["Reliure", "Typographie", "Papiers marbrés"] },
      { domain: "Les lettres", themes: ["Poésie", "Traduction", "Voyage"] },
    ];
  }
  async dismiss() {}
  async restore() {}
  async dismissed(): Promise<Page<Dismissed>> {
    const items = people.slice(6, 8).map((member) => ({ member, dismissed_at: member.id }));
    return { items, next: null };
  }
}
