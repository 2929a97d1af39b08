// What the full page needs beside its pieces: the worker, which is told the list of them, and the icons of the page
// once it is installed. Both keep their names from build to build.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const ICONS = resolve(import.meta.dirname, "../app/icons");
const PAGE = "app/index.html";
const WORKER = "app/worker.js";

/** @returns {import("vite").Plugin} */
export function fullPage() {
  return {
    name: "parvis-full-page",
    apply: "build",
    generateBundle() {
      for (const name of readdirSync(ICONS))
        this.emitFile({
          type: "asset",
          fileName: `app-icons/${name}`,
          source: readFileSync(join(ICONS, name)),
        });
    },
    // The names are known only now, and the page is what it will be.
    async writeBundle({ dir = "dist" }, bundle) {
      const page = await readFile(join(dir, PAGE), "utf8");
      const worker = join(dir, WORKER);
      const code = await readFile(worker, "utf8");
      const build = JSON.stringify(buildOf(page, bundle));
      if (!code.includes("BUILD")) throw new Error(`${WORKER} has no place for the list of pieces`);
      await writeFile(worker, `const BUILD = ${build};\n${code}`);
    },
  };
}

/**
 * What the page names, every module that can be reached from it, and the sentences in every language.
 * @param {string} page
 * @param {import("rolldown").OutputBundle} bundle
 */
function buildOf(page, bundle) {
  const named = [...page.matchAll(/"\/(assets\/[^"]+)"/g)].map(([, file = ""]) => file);
  const all = new Set(named);
  for (const file of all) {
    const chunk = bundle[file];
    if (chunk?.type !== "chunk") continue;
    for (const other of [...chunk.imports, ...chunk.dynamicImports]) all.add(other);
  }
  const sentences = Object.values(bundle).filter(
    ({ type, fileName }) => type === "asset" && /^assets\/.*\.js$/.test(fileName),
  );
  const files = [...all, ...sentences.map(({ fileName }) => fileName)];
  const pieces = files.map((file) => `/${file}`).sort();
  const version = createHash("sha256").update(page).update(pieces.join("\n")).digest("base64url");
  const entry = pieces.find((piece) => piece.startsWith("/assets/app-") && piece.endsWith(".js"));
  if (!entry) throw new Error("the full page begins with no script");
  return { version: version.slice(0, 12), entry, pieces };
}
