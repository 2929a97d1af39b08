// Lit's templates are text to a minifier. This takes the space and the comments out of them.
const STYLES = /\bcss`([^`$\\]*)`/g;
const OURS = /\/(ui|widget)\/src\/.*\.ts$/;

/** @returns {import("vite").Plugin} */
export function leanTemplates() {
  return {
    name: "parvis-lean-templates",
    enforce: "pre",
    apply: "build",
    transform(code, id) {
      if (!OURS.test(id) || !code.includes("css`")) return null;
      return { code: code.replace(STYLES, (_, styles) => `css\`${lean(styles)}\``), map: null };
    },
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk" || !chunk.moduleIds.some((id) => OURS.test(id))) continue;
        chunk.code = chunk.code.replace(/\n\s*/g, " ");
        // What is left of the line breaks of a minified file stood inside templates; should that ever change, the build says so.
        this.parse(chunk.code);
      }
    },
  };
}

/** For our own styles, which hold no strings with braces or colons in them. @param {string} styles */
function lean(styles) {
  return styles
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/\( /g, "(")
    .replace(/ \)/g, ")")
    .replace(/: /g, ":")
    .replace(/;}/g, "}")
    .trim();
}
