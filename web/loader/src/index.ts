// The script that a website includes. It waits until one of the elements stands in the document and only then loads
// the rest, from its own origin. No inline style, no eval: it works under the page's own strict CSP.
import type { ParvisOptions } from "../../client/src/types.ts";
import type { OpenTarget, Parvis } from "./contract.ts";

const ELEMENTS =
  "parvis-messenger,parvis-direct-messages,parvis-chatbox,parvis-members,parvis-message-button,parvis-contact-organizer";

const self = import.meta.url;
const tag =
  [...document.scripts].find((script) => script.src === self) ??
  document.querySelector<HTMLScriptElement>('script[data-site][src*="/embed.js"]');
const { site = "", token, tokenUrl } = tag?.dataset ?? {};

const options: ParvisOptions = {
  origin: new URL(self).origin,
  site,
  token,
  tokenUrl: tokenUrl && new URL(tokenUrl, document.baseURI).href,
};

let widget: Promise<Parvis> | undefined;
let watcher: MutationObserver | undefined;

function load(): Promise<Parvis> {
  watcher?.disconnect();
  widget ??= import("../../widget/src/index.ts").then(
    (module) => module.start(options),
    (error) => {
      // The next call, or the next element, tries again.
      widget = undefined;
      watch();
      document.dispatchEvent(new CustomEvent("parvis-error", { detail: error }));
      throw error;
    },
  );
  return widget;
}

const quietly = () => load().catch(() => {});

const contains = (node: Node) =>
  node instanceof Element && (node.matches(ELEMENTS) || node.querySelector(ELEMENTS) !== null);

function watch(): void {
  watcher ??= new MutationObserver((changes) => {
    if (changes.some((change) => [...change.addedNodes].some(contains))) quietly();
  });
  watcher.observe(document, { childList: true, subtree: true });
}

/** As long as a section is not there its place is kept, so that nothing below it moves. Whatever the page says wins. */
function keepPlaces(): void {
  const places = new CSSStyleSheet();
  places.replaceSync(
    ":where(parvis-direct-messages:not(:defined),parvis-chatbox:not(:defined)){display:block;block-size:640px}:where(parvis-chatbox[compact]:not(:defined)){block-size:520px}",
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, places];
}

const parvis: Parvis = {
  async signIn(fresh: string) {
    options.token = fresh;
    // With nothing to show yet, the token waits for the first element.
    if (widget) await (await widget).signIn(fresh);
  },
  async signOut() {
    options.token = options.tokenUrl = undefined;
    await (await load()).signOut();
  },
  async open(target: OpenTarget) {
    await (await load()).open(target);
  },
  /** For pages that keep the elements where a document's observer does not see them: inside other shadow roots. */
  async load() {
    await (await load()).load?.();
  },
};

// A second tag on the same page adds nothing. (An element whose id is "parvis" has that name on the window too.)
if (!(window as { parvis?: Partial<Parvis> }).parvis?.signIn) {
  Object.assign(window, { parvis });
  keepPlaces();
  if (document.querySelector(ELEMENTS)) quietly();
  else watch();
}
