// Lazy modules carry no CSS files and preload nothing, so that a dynamic import can stay what it is: Vite's helper
// for it would be half of the loader.
const HELPER = "\0vite/preload-helper.js";

/** @returns {import("vite").Plugin} */
export function plainImports() {
  return {
    name: "parvis-plain-imports",
    enforce: "pre",
    load: (id) => (id === HELPER ? "export const __vitePreload = (load) => load();" : null),
  };
}
