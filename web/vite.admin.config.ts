// The back-office is built by itself, into the same folder: what it shares with the widget must not move the pieces
// that every page of a website loads.
import type { IncomingMessage } from "node:http";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { plainImports } from "./scripts/plain-imports.js";
import { precompress } from "./scripts/precompress.js";
import { texts } from "./scripts/texts.js";

const here = (path: string) => resolve(import.meta.dirname, path);
/** While working on it: a server that runs, which `PARVIS_ORIGIN` names. */
const target = process.env.PARVIS_ORIGIN ?? "http://127.0.0.1:8080";

/** Every address under /admin is the one page, as it is on the server. */
function onePage(): Plugin {
  return {
    name: "parvis-one-page",
    configureServer(server) {
      server.middlewares.use((request: IncomingMessage, _, next) => {
        if (/^\/admin(\/[^.]*)?(\?.*)?$/.test(request.url ?? "")) request.url = "/admin/index.html";
        next();
      });
    },
  };
}

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: "/",
  appType: "mpa",
  publicDir: false,
  server: { proxy: { "/api": { target, ws: true }, "/embed.js": target } },
  build: {
    outDir: here("dist"),
    emptyOutDir: false,
    target: "es2022",
    minify: mode !== "development",
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { admin: here("admin/index.html") },
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  plugins: [onePage(), plainImports(), texts("admin"), mode !== "development" && precompress()],
}));
