// WCAG's contrast of two colours written as #rrggbb.
export function parse(colour: string): [number, number, number] | null {
  const found = /^#?([0-9a-f]{6})$/i.exec(colour.trim());
  if (!found?.[1]) return null;
  const value = Number.parseInt(found[1], 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function luminance([red, green, blue]: [number, number, number]): number {
  const linear = (part: number) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

export function contrast(one: string, other: string): number {
  const [a, b] = [parse(one), parse(other)];
  if (!a || !b) return 1;
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Black or white on it, as the elements choose themselves. */
export function onAccent(accent: string): "#000000" | "#ffffff" {
  const colour = parse(accent);
  return colour && luminance(colour) > 0.18 ? "#000000" : "#ffffff";
}
