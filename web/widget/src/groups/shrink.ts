// A picture that is too heavy to send is made small here first.
import type { Crop } from "#client";

/** What the server takes. */
export const HEAVIEST = 10 * 1024 * 1024;
const SIDE = 640;

/** What the browser makes of a file; null: it is no picture, or none that it knows. */
export function pictureIn(file: Blob): Promise<ImageBitmap | null> {
  return createImageBitmap(file).catch(() => null);
}

export async function squareOf(picture: ImageBitmap, { x, y, size }: Crop): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, SIDE, SIDE);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, x, y, size, size, 0, 0, SIDE, SIDE);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
}
