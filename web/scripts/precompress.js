// Writes a brotli twin beside every text file of the build, so that the server never compresses.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);
const TEXT = /\.(js|css|html|svg|json|webmanifest|txt)$/;
const MAX_QUALITY_BELOW = 400_000;
/** How distances are coded (RFC 7932, 4): which is shortest is known once it is tried. */
const WAYS = [0, 1, 2, 3].flatMap((postfix) =>
  [0, 1].map((direct) => ({
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
    [constants.BROTLI_PARAM_NDIRECT]: direct << postfix,
  })),
);

/** @returns {import("vite").Plugin} */
export function precompress() {
  let folder = "dist";
  return {
    name: "parvis-precompress",
    configResolved(config) {
      folder = config.build.outDir;
    },
    async closeBundle() {
      const files = await readdir(folder, { recursive: true });
      await Promise.all(
        files.filter((file) => TEXT.test(file)).map((file) => twin(join(folder, file))),
      );
    },
  };
}

/** @param {string} file */
async function twin(file) {
  const bytes = await readFile(file);
  const ways = bytes.length < MAX_QUALITY_BELOW ? WAYS : [{ [constants.BROTLI_PARAM_QUALITY]: 9 }];
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const made = await Promise.all(
    ways.map((way) => compress(bytes, { params: { ...size, ...way } })),
  );
  const small = made.reduce((best, one) => (one.length < best.length ? one : best));
  if (small.length < bytes.length) await writeFile(`${file}.br`, small);
}
