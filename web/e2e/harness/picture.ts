// A picture made here: 400 by 200, red on the left, blue on the right.

import { crc32, deflateSync } from "node:zlib";
import type { Page } from "@playwright/test";

const [WIDTH, HEIGHT] = [400, 200];

export function picture(): Buffer {
  const line = Buffer.alloc(1 + WIDTH * 3);
  for (let x = 0; x < WIDTH; x += 1) {
    const blue = Math.round((255 * x) / WIDTH);
    line.set([255 - blue, 40, blue], 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits of red, green and blue each.
  header.set([8, 2], 8);
  const lines = Buffer.concat(Array.from({ length: HEIGHT }, () => line));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const out = Buffer.alloc(8 + body.length);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), 4 + body.length);
  return out;
}

/** How many dots of two pictures differ so that an eye could tell: corners are rounded to a neighbouring grey by chance. */
export async function differing(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async ([first = "", second = ""]) => {
      const dots = async (picture: string) => {
        const answer = await fetch(`data:image/png;base64,${picture}`);
        const image = await createImageBitmap(await answer.blob());
        const paint = new OffscreenCanvas(image.width, image.height).getContext("2d");
        paint?.drawImage(image, 0, 0);
        return paint?.getImageData(0, 0, image.width, image.height).data ?? [];
      };
      const [a, b] = [await dots(first), await dots(second)];
      let different = Math.abs(a.length - b.length);
      for (let at = 0; at < a.length; at += 4)
        if ([0, 1, 2].some((part) => Math.abs((a[at + part] ?? 0) - (b[at + part] ?? 0)) > 2))
          different += 1;
      return different;
    },
    [one.toString("base64"), other.toString("base64")],
  );
}
