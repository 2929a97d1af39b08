// Lit writes its versions and a table for decorators, which nothing here uses, on the window. The window is the page's:
// a second Lit there would be warned about, and what is not the elements' own is none of theirs.
const FILES =
  /\/(@lit\/reactive-element\/reactive-element|lit-html\/lit-html|lit-element\/lit-element)\.js$/;
const VERSIONS =
  /\(\w+\.(?:litHtml|litElement|reactiveElement)Versions\?\?=\[\]\)\.push\("[\d.]+"\)/;
const TABLE = /Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap;/;

/** @returns {import("vite").Plugin} */
export function quietLit() {
  return {
    name: "parvis-quiet-lit",
    apply: "build",
    transform(code, id) {
      if (!FILES.test(id)) return null;
      if (!VERSIONS.test(code)) this.error(`${id} is not written as this step knows it`);
      return {
        code: code.replace(VERSIONS, "0").replace(TABLE, "const litPropertyMetadata=new WeakMap;"),
        map: null,
      };
    },
    generateBundle(_, bundle) {
      for (const { type, code = "", fileName } of Object.values(bundle).map((one) => ({
        code: "",
        ...one,
      })))
        if (
          type === "chunk" &&
          /\.(lit\w+Versions|reactiveElementVersions|litPropertyMetadata)\b/.test(code)
        )
          this.error(`${fileName} writes on the window`);
    },
  };
}
