// Every element in every state, for looking at: `npm run gallery`. Without a case, the list of them.
// gallery.html?case=conversation&lang=fr&theme=dark&width=360&list-template=1
import "@fontsource-variable/inter";
import "@fontsource-variable/noto-sans-arabic";
import { defineElements, defineOthers } from "../src/elements.ts";
import type { Screen } from "../src/navigation.ts";
import { type Case, cases, LANGUAGES, THEMES, type Way } from "./cases.ts";
import { still } from "./still.ts";

/** In milliseconds. */
const PATIENCE = 15_000;

type Shown = HTMLElement & { show?: (screen: Screen) => void; open?: boolean };

const asked = new URLSearchParams(location.search);
const name = asked.get("case");
document.documentElement.lang = asked.get("lang") ?? "en";
const wanted = name === null ? undefined : cases[name];
document.documentElement.dataset.ready = await (wanted ? show(wanted) : list()).then(
  () => "",
  (error) => `${name}: ${error.message}`,
);

async function show(one: Case): Promise<void> {
  // What an earlier case left behind (its screen, its drafts) belongs to that one.
  sessionStorage.clear();
  localStorage.clear();
  const client = one.client();
  await fonts();
  defineElements();
  await defineOthers();
  const element: Shown = document.createElement(`parvis-${one.element}`);
  Object.assign(element, { client });
  for (const [key, value] of Object.entries({ ...one.attributes, ...Object.fromEntries(asked) }))
    if (!["case", "lang", "width"].includes(key)) element.setAttribute(key, value);
  const width = Number(asked.get("width") ?? one.width);
  if (one.element !== "messenger")
    element.style.setProperty("inline-size", `min(100%, ${width}px)`);
  if (["direct-messages", "chatbox"].includes(one.element))
    element.style.setProperty("block-size", `min(${one.height - 48}px, 100dvh - 48px)`);
  document.body.append(element);
  if (one.element === "messenger" && name !== "closed") element.open = true;
  if (one.screen) element.show?.(one.screen);
  Object.assign(window, { client, shown: element });
  for (const [way, text] of one.write ?? []) {
    const field = (await found(element, way)) as HTMLInputElement | HTMLTextAreaElement;
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }
  for (const way of one.press ?? []) {
    const target = await found(element, way);
    // A menu is placed by where its button is.
    await still();
    target.click();
  }
  if (one.focus) (await found(element, one.focus)).focus();
  if (one.until) await found(element, one.until);
  await document.fonts.ready;
}

/** Before anything is measured. */
async function fonts(): Promise<void> {
  const families = ["Inter Variable", "Noto Sans Arabic Variable"];
  await Promise.all(families.map((family) => document.fonts.load(`1em "${family}"`, "Aé… ب")));
}

/** The first that is there, once everything on the way to it is. */
async function found(from: Element, way: Way): Promise<HTMLElement> {
  const given = performance.now();
  while (performance.now() - given < PATIENCE) {
    const at = way.reduce<Element | null | undefined>(
      (element, selector) => element?.shadowRoot?.querySelector(selector),
      from,
    );
    if (at) return at as HTMLElement;
    await new Promise(requestAnimationFrame);
  }
  throw new Error(`nothing at ${way.join(" ")}`);
}

async function list(): Promise<void> {
  document.title = "Gallery of the elements";
  const section = document.createElement("main");
  section.className = "cases";
  for (const [called, one] of Object.entries(cases)) {
    const row = document.createElement("p");
    const title = Object.assign(document.createElement("b"), { textContent: called });
    const ways = LANGUAGES.flatMap((lang) =>
      THEMES.map((theme) => {
        const query = new URLSearchParams({ case: called, lang, theme });
        return Object.assign(document.createElement("a"), {
          href: `?${query}`,
          textContent: `${lang} ${theme}`,
        });
      }),
    );
    row.append(title, ` ${one.width} × ${one.height} `, ...ways.flatMap((way) => [way, " "]));
    section.append(row);
  }
  document.body.append(section);
}
