// Writes `texts.json`: every sentence that members see, by key and language, as the server checks what a site says in
// its place, and as the back-office shows them.
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runnerImport } from "vite";

const FOLDER = resolve(import.meta.dirname, "../widget/src/i18n");
/** `en.ts`, `rooms.fr.ts`: one catalogue each. */
const CATALOGUE = /^(?:[a-z-]+\.)?([a-z]{2})\.ts$/;

/** @returns {import("vite").Plugin} */
export function texts() {
  return {
    name: "parvis-texts",
    apply: "build",
    async generateBundle() {
      const source = JSON.stringify(await catalogue());
      this.emitFile({ type: "asset", fileName: "texts.json", source });
    },
  };
}

async function catalogue() {
  /** @type {Record<string, Record<string, string>>} */
  const sentences = {};
  for (const file of (await readdir(FOLDER)).sort()) {
    const lang = CATALOGUE.exec(file)?.[1];
    if (!lang) continue;
    const { module } = await runnerImport(join(FOLDER, file), { configFile: false });
    for (const part of Object.values(/** @type {object} */ (module)))
      for (const [key, text] of Object.entries(part))
        sentences[key] = { ...sentences[key], [lang]: text };
  }
  return sentences;
}
