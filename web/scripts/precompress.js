// Writes a brotli twin beside every text file of the build, so that the server never compresses.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);
const TEXT = /\.(js|css|html|svg|json|webmanifest|txt)$/;
const MAX_QUALITY_BELOW = 400_000;

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
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: bytes.length < MAX_QUALITY_BELOW ? 11 : 9,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const small = await compress(bytes, { params });
  if (small.length < bytes.length) await writeFile(`${file}.br`, small);
}
