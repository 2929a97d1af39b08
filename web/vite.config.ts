import { resolve } from "node:path";
import { defineConfig } from "vite";
import { plainImports } from "./scripts/plain-imports.js";
import { precompress } from "./scripts/precompress.js";

const here = (path: string) => resolve(import.meta.dirname, path);

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
        docs: here("docs/index.html"),
      },
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: (chunk) =>
          chunk.name === "embed" ? "embed.js" : "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  plugins: [plainImports(), mode !== "development" && precompress()],
  test: {
    include: ["*/src/**/*.test.ts", "*/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/real/**"],
    environment: "node",
  },
}));
