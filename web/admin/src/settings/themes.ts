// The themes that members choose from, as organizers write them: a domain in each line, then its themes.
import type { Settings } from "../wire.ts";

type Themes = NonNullable<Settings["themes"]>;

/** `Energy: Wind, Tides`, a line each. */
export function written(themes: Themes): string {
  return themes.map(({ domain, themes }) => `${domain}: ${themes.join(", ")}`).join("\n");
}

/** A line without a colon is a domain without themes yet. */
export function read(text: string): Themes {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter(Boolean).map((line) => {
    const [domain = "", ...rest] = line.split(":");
    const themes = rest.join(":").split(",");
    return { domain: domain.trim(), themes: themes.map((one) => one.trim()).filter(Boolean) };
  });
}
