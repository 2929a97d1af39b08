import type { Dismissed, Page, Suggestion, ThemesOfDomain } from "../wire.ts";

export interface Suggestions {
  /** The best first. */
  list(limit: number): Promise<readonly Suggestion[]>;
  /** By domain; none: one writes one's own. */
  themes(): Promise<readonly ThemesOfDomain[]>;
  /** "Not for me". */
  dismiss(member: string): Promise<void>;
  restore(member: string): Promise<void>;
  /** Of whom one said it, the last first. */
  dismissed(cursor?: string): Promise<Page<Dismissed>>;
}
