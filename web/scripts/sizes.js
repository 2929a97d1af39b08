// The size budgets, in bytes after brotli. Everything that a page with text chat loads counts.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";

const dist = resolve(import.meta.dirname, "../dist");
const BUDGETS = { loader: 3_000, "text chat": 45_000 };

/** As it goes over the wire: what brotli can't shrink has no twin. */
const size = (file) => {
  const twin = join(dist, `${file}.br`);
  return readFileSync(existsSync(twin) ? twin : join(dist, file)).length;
};

/** Every module that `entry` reaches, lazily loaded ones included. */
function reach(entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const code = readFileSync(join(dist, entry), "utf8");
  for (const [, , path] of code.matchAll(/(from|import\(?)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g)) {
    reach(normalize(join(dirname(entry), path)), seen);
  }
  return seen;
}

const modules = [...reach("embed.js")];
const figures = {
  loader: size("embed.js"),
  "text chat": modules.reduce((sum, file) => sum + size(file), 0),
};

for (const file of modules) console.log(`${String(size(file)).padStart(8)}  ${file}`);
let over = false;
for (const [name, budget] of Object.entries(BUDGETS)) {
  const fits = figures[name] <= budget;
  over ||= !fits;
  console.log(
    `${String(figures[name]).padStart(8)}  of ${budget}  ${name}${fits ? "" : "  OVER BUDGET"}`,
  );
}
process.exit(over ? 1 : 0);
