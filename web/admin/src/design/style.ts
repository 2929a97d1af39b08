import type { Theme } from "../wire.ts";

/** What the elements look like, with our own where nothing was chosen. */
export interface Style {
  accent: string;
  radius: number;
  font: string;
}

/** Fonts that devices have, and what they are called in the list. */
export const FONTS = {
  serif: "Georgia, 'Times New Roman', serif",
  rounded: "ui-rounded, 'Hiragino Maru Gothic ProN', Quicksand, Nunito, sans-serif",
  mono: "ui-monospace, Menlo, Consolas, monospace",
} as const;
export const PLAIN: Style = { accent: "#3b5bdb", radius: 16, font: "" };
export const LARGEST_RADIUS = 32;
const FONT_NAMES = /^[\p{L}\p{N} ,'"_-]{1,200}$/u;

export function styleOf(theme: Theme | undefined): Style {
  const { accent, radius, font } = theme ?? {};
  const round = Number.parseInt(radius ?? "", 10);
  return {
    accent: accent && /^#[0-9a-f]{6}$/i.test(accent) ? accent : PLAIN.accent,
    radius: round >= 0 && round <= LARGEST_RADIUS ? round : PLAIN.radius,
    font: font && isFont(font) ? font : PLAIN.font,
  };
}

/** Names of fonts parted by commas, and nothing that could end the line they stand in. */
export function isFont(text: string): boolean {
  return text.trim() !== "" && FONT_NAMES.test(text);
}

export function stylesheet({ accent, radius, font }: Style): string {
  const lines = [`  --parvis-accent: ${accent};`, `  --parvis-radius: ${radius}px;`];
  if (font) lines.push(`  --parvis-font: ${font};`);
  return `:root {\n${lines.join("\n")}\n}`;
}
