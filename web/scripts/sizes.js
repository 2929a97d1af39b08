// The size budgets, in bytes after brotli, of what goes over the wire:
// - loader: `embed.js`, on every page of a website;
// - first interaction: what the loader loads by itself once an element stands in the page: the launcher and its badge,
//   the connection, and the sentences; the messenger answers a press with it;
// - text chat: what the loader then loads by itself and what the first opening of a list and of a conversation
//   loads: every module reached from it but those of the next lines, and its sentences in the largest of the
//   languages, of which a page loads one;
// - doings: what one does with what is shown: menus, drawing rows aside, questions, the way back; with its sentences;
// - contacts: what is fetched when one goes there: people and profiles, contact requests, settings, signing in, with
//   their sentences in one language;
// - groups: making a group, what is in it, its picture, who has read; with their sentences;
// - rooms: the chatbox, with its sentences;
// - suggestions: whom one might want to meet, the choice of interests, and of whom one said "not for me"; with
//   its sentences;
// - moderation: what moderators use, and the form to report something; with its sentences;
// - buttons: the two elements that are a button alone;
// - news: what tells that there is something new;
// - shortcuts: the list of what can be done by keyboard, with its sentences.
// Every module that can be reached is in one of them: what is new counts in "text chat" until it is put elsewhere.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize, resolve } from "node:path";

const dist = resolve(import.meta.dirname, "../dist");
const BUDGETS = {
  loader: 3_000,
  "first interaction": 30_000,
  "text chat": 45_000,
  doings: 6_000,
  contacts: 14_000,
  groups: 12_500,
  rooms: 20_000,
  suggestions: 5_000,
  moderation: 6_000,
  calls: 15_000,
  buttons: 1_500,
  news: 1_500,
  shortcuts: 3_000,
};
/** The name of the file of a part, and of its sentences. */
const PARTS = {
  doings: "doings",
  contacts: "more",
  groups: "groups",
  rooms: "rooms",
  suggestions: "suggestions",
  moderation: "moderation",
  calls: "calls",
  buttons: "buttons",
  news: "news",
  shortcuts: "shortcuts",
};

/** As it goes over the wire: what brotli can't shrink has no twin. */
const size = (file) => {
  const twin = join(dist, `${file}.br`);
  return readFileSync(existsSync(twin) ? twin : join(dist, file)).length;
};

const ALL = /(?:from|import\(?)\s*["'`](\.{1,2}\/[^"'`$]+\.js)["'`]/g;
const AT_ONCE = /(?:from|import)\s*["'`](\.{1,2}\/[^"'`$]+\.js)["'`]/g;

/** Every module that `entry` reaches: lazily loaded ones included, or those that come with it alone. */
function reach(entry, imports, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const code = readFileSync(join(dist, entry), "utf8");
  for (const [, path] of code.matchAll(imports))
    reach(normalize(join(dirname(entry), path)), imports, seen);
  return seen;
}

const modules = [...reach("embed.js", ALL)];
const sum = (files) => [...files].reduce((all, file) => all + size(file), 0);
const called = (file, name) => basename(file).startsWith(`${name}-`);
/** A part's sentences, in every language. */
const spoken = (texts) =>
  readdirSync(join(dist, "assets"))
    .filter((file) => file.startsWith(`${texts}.`) && file.endsWith(".js"))
    .map((file) => join("assets", file));
const parts = Object.entries(PARTS).map(([name, texts]) => {
  const code = modules.filter((file) => called(file, name));
  return { name, code, spoken: spoken(texts) };
});
const base = spoken("base");
const apart = parts.flatMap(({ code }) => code);
const always = modules.filter((file) => !apart.includes(file));
const largest = (files) => Math.max(0, ...files.map(size));
const first = modules
  .filter((file) => called(file, "widget") || called(file, "core"))
  .flatMap((file) => [...reach(file, AT_ONCE)]);
const figures = {
  loader: size("embed.js"),
  "first interaction": sum(new Set(["embed.js", ...first])) + largest(base),
  "text chat": sum(always) + largest(base),
  ...Object.fromEntries(parts.map(({ name, code, spoken }) => [name, sum(code) + largest(spoken)])),
};

for (const file of [...modules, ...base, ...parts.flatMap(({ spoken }) => spoken)])
  console.log(`${String(size(file)).padStart(8)}  ${file}`);
let over = base.length < 2 || parts.some(({ code }) => code.length !== 1);
if (over) console.log("the build has other pieces than this counts");
const early = always
  .flatMap((file) => [...reach(file, AT_ONCE)])
  .filter((one) => apart.includes(one));
if (early.length) console.log(`these are said to be fetched when used, and come at once: ${early}`);
over ||= early.length > 0;
for (const [name, budget] of Object.entries(BUDGETS)) {
  const fits = figures[name] <= budget;
  over ||= !fits;
  console.log(
    `${String(figures[name]).padStart(8)}  of ${budget}  ${name}${fits ? "" : "  OVER BUDGET"}`,
  );
}
process.exit(over ? 1 : 0);
