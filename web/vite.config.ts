import { resolve } from "node:path";
import { defineConfig } from "vite";
import { fullPage } from "./scripts/full-page.js";
import { leanTemplates } from "./scripts/lean-templates.js";
import { plainImports } from "./scripts/plain-imports.js";
import { precompress } from "./scripts/precompress.js";
import { quietLit } from "./scripts/quiet-lit.js";
import { texts } from "./scripts/texts.js";

const here = (path: string) => resolve(import.meta.dirname, path);

const CORE =
  /\/node_modules\/(lit|@lit|lit-[a-z]+)\/|\/client\/src\/(?!calls|groups|suggestions|rooms\/(?!door)|state\/rooms)|\/ui\/src\/(theme|icon|button|badge|skeleton|define)|\/widget\/src\/((?!panel|more|part|face|clock|doings|buttons|lone-button|relations)[a-z.-]+\.ts$|i18n|messenger|templates)/;
const PANEL =
  /\/(ui|widget)\/src\/(?!doings|menu|dialog|toast|conversations\/(actions|swipe)|messages\/menu|more|windowed|switch|contacts|sign-in|members|organizer|buttons|lone-button|relations|groups|rooms|moderation|suggestions|calls|news|shortcuts)/;
const MORE =
  /\/(ui\/src\/(windowed|switch)|widget\/src\/(more|contacts|sign-in|members\/(?!followed|message-button)))/;
const DOINGS =
  /\/ui\/src\/(menu|dialog|toast)|\/widget\/src\/(doings|conversations\/(actions|swipe)|messages\/menu)/;
// Few files beside the languages: what a page shows at once, what opens, what one goes to now and then, and groups and
// rooms, which not every site has. More pieces compress worse.
const GROUPS = [
  { name: "doings", test: DOINGS, priority: 1 },
  { name: "core", test: CORE, priority: 3 },
  { name: "panel", test: PANEL, priority: 2 },
  { name: "contacts", test: MORE, priority: 0 },
  { name: "groups", test: /\/(client|widget)\/src\/groups\//, priority: 0 },
  { name: "rooms", test: /\/(client|widget)\/src\/(state\/)?rooms(\/(?!door)|\.ts)/, priority: 0 },
  { name: "suggestions", test: /\/(client|widget)\/src\/suggestions\//, priority: 0 },
  { name: "calls", test: /\/(client|widget)\/src\/calls\//, priority: 0 },
  {
    name: "buttons",
    test: /\/widget\/src\/(buttons|lone-button|relations|organizer|members\/(followed|message-button))/,
    priority: 1,
  },
  { name: "news", test: /\/widget\/src\/(news|sound\.ts)/, priority: 4 },
  { name: "shortcuts", test: /\/widget\/src\/shortcuts\//, priority: 0 },
  { name: "moderation", test: /\/widget\/src\/moderation\//, priority: 0 },
];

/** What is asked for by a name that stays. */
const STABLE: Record<string, string> = { embed: "embed.js", worker: "app/worker.js" };

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: "/",
  appType: "mpa",
  publicDir: false,
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    target: "es2022",
    minify: mode !== "development",
    sourcemap: false,
    assetsInlineLimit: 0,
    // The loader is alone on a strange page: it must not carry a preload helper.
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: {
        embed: here("loader/src/index.ts"),
        widget: here("widget/src/index.ts"),
        app: here("app/index.html"),
        worker: here("app/worker/worker.ts"),
        docs: here("docs/index.html"),
      },
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: ({ name }) => STABLE[name] ?? "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        codeSplitting: { groups: GROUPS },
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  plugins: [
    plainImports(),
    texts("members"),
    fullPage(),
    mode !== "development" && quietLit(),
    mode !== "development" && leanTemplates(),
    mode !== "development" && precompress(),
  ],
  test: {
    include: ["*/src/**/*.test.ts", "*/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/real/**"],
    environment: "node",
  },
}));
