// The part of a picture that is shown: a square in its own pixels, moved and made larger or smaller. Pure.
import type { Crop } from "#client";

export interface Size {
  width: number;
  height: number;
}

/** So far may one zoom in: a smaller part would be a blur. */
const SMALLEST = 80;
const MOST = 8;

/** The largest square, in the middle. */
export function whole({ width, height }: Size): Crop {
  const size = Math.min(width, height);
  return { x: (width - size) / 2, y: (height - size) / 2, size };
}

/** How far one may zoom into a picture: 1 is not at all. */
export function nearest(of: Size): number {
  const { size } = whole(of);
  return Math.max(1, Math.min(MOST, size / Math.min(SMALLEST, size)));
}

/** By so many of its own pixels; it never leaves the picture. */
export function moved({ x, y, size }: Crop, of: Size, dx: number, dy: number): Crop {
  const within = (value: number, most: number) => Math.min(Math.max(0, value), Math.max(0, most));
  return { x: within(x + dx, of.width - size), y: within(y + dy, of.height - size), size };
}

export function zoomOf({ size }: Crop, of: Size): number {
  return whole(of).size / size;
}

/** The same middle, closer or further away. */
export function zoomed(crop: Crop, of: Size, zoom: number): Crop {
  const bound = Math.min(Math.max(1, zoom), nearest(of));
  const size = whole(of).size / bound;
  const shift = (crop.size - size) / 2;
  return moved({ x: crop.x + shift, y: crop.y + shift, size }, of, 0, 0);
}

/** In whole pixels, as the server wants it. */
export function rounded(crop: Crop, of: Size): Crop {
  const size = Math.max(1, Math.round(crop.size));
  const at = (value: number, most: number) => Math.max(0, Math.min(Math.round(value), most - size));
  return { x: at(crop.x, of.width), y: at(crop.y, of.height), size };
}
