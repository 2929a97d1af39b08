// The size budgets, in bytes after brotli, of what goes over the wire:
// - loader: `embed.js`, on every page of a website;
// - text chat: what the loader then loads by itself and what the first opening of a list and of a conversation
//   loads: every module reached from it but those of the next line, and the largest of the languages, of which a
//   page loads one;
// - contacts: what is fetched when one goes there: people and profiles, contact requests, settings, signing in.
// Every module that can be reached is in one of them: what is new counts in "text chat" until it is put elsewhere.
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize, resolve } from "node:path";

const dist = resolve(import.meta.dirname, "../dist");
const BUDGETS = { loader: 3_000, "text chat": 45_000, contacts: 12_000 };

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
const sum = (files) => files.reduce((all, file) => all + size(file), 0);
const called = (file, ...names) => names.some((name) => basename(file).startsWith(`${name}-`));
const contacts = modules.filter((file) => called(file, "contacts"));
const languages = modules.filter((file) => called(file, "en", "fr"));
const always = modules.filter((file) => !contacts.includes(file) && !languages.includes(file));
const figures = {
  loader: size("embed.js"),
  "text chat": sum(always) + Math.max(...languages.map(size)),
  contacts: sum(contacts),
};

for (const file of modules) console.log(`${String(size(file)).padStart(8)}  ${file}`);
let over = contacts.length !== 1 || languages.length !== 2;
if (over) console.log("the build has other pieces than this counts");
for (const [name, budget] of Object.entries(BUDGETS)) {
  const fits = figures[name] <= budget;
  over ||= !fits;
  console.log(
    `${String(figures[name]).padStart(8)}  of ${budget}  ${name}${fits ? "" : "  OVER BUDGET"}`,
  );
}
process.exit(over ? 1 : 0);
