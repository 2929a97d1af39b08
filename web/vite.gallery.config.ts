// The gallery (`widget/gallery`): served while one works on the elements, built for the stories that look at it.
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { texts } from "./scripts/texts.js";

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  appType: "mpa",
  build: {
    outDir: resolve(import.meta.dirname, "test-results/gallery"),
    emptyOutDir: true,
    target: "es2022",
    minify: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: resolve(import.meta.dirname, "widget/gallery.html") },
  },
  plugins: [texts("members")],
});
