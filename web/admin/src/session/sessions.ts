// Who is signed in where: one session for each site, kept by the browser until it ends.
import type { OperatorSession, SiteName } from "../wire.ts";

const KEY = "parvis.admin.sessions";

export interface Kept extends OperatorSession {
  /** The others of the installation that the same e-mail and password opened. */
  sites: SiteName[];
}

export class Sessions {
  constructor(private readonly storage: Storage) {}

  get(slug: string): Kept | null {
    const kept = this.#read()[slug];
    return kept && Date.parse(kept.expires_at) > Date.now() ? kept : null;
  }

  put(session: OperatorSession): void {
    const known = this.#read();
    known[session.site.slug] = { ...session, sites: session.sites ?? [] };
    this.#write(known);
  }

  drop(slug: string): void {
    const known = this.#read();
    delete known[slug];
    this.#write(known);
  }

  /** Every site one can go to, signed in or one step from it. */
  sites(): (SiteName & { open: boolean })[] {
    const kept = Object.values(this.#read()).filter(
      (session) => Date.parse(session.expires_at) > Date.now(),
    );
    const found = new Map<string, SiteName & { open: boolean }>();
    for (const session of kept)
      for (const { slug, name } of session.sites) found.set(slug, { slug, name, open: false });
    for (const { site } of kept)
      found.set(site.slug, { slug: site.slug, name: site.name, open: true });
    return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  #read(): Record<string, Kept> {
    try {
      return JSON.parse(this.storage.getItem(KEY) ?? "{}");
    } catch {
      return {};
    }
  }

  #write(known: Record<string, Kept>): void {
    this.storage.setItem(KEY, JSON.stringify(known));
  }
}
