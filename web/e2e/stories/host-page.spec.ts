// The website around the elements: whatever it does to itself it does not do to them, and they do nothing to it.
import { writeFile } from "node:fs/promises";
import { still } from "../../widget/gallery/still.ts";
import { EVERY, everyElement, PLACES } from "../harness/elements.ts";
import { test as base, expect, log, online, type Page, type World } from "../harness/index.ts";
import { differing } from "../harness/picture.ts";
import { Lobby } from "../harness/rooms.ts";
import { changes, computed, OWN, OWN_STYLE, remember } from "../harness/untouched.ts";

/** The policy of docs/guides/embed.md: what a website must allow, and nothing more. */
const strict = (origin: string) =>
  [
    "default-src 'none'",
    `script-src ${origin}`,
    `connect-src ${origin} ${origin.replace("http", "ws")}`,
    `img-src ${origin} data:`,
    "require-trusted-types-for 'script'",
    "trusted-types lit-html",
  ].join("; ");

const HOSTILE = `* { all: unset !important; font: 40px serif !important; letter-spacing: 12px !important; color: red !important }
html { direction: rtl; text-transform: uppercase; line-height: 4; word-spacing: 30px; visibility: collapse; cursor: none }
div, section, dialog, article, ul, li { display: none !important } [popover] { display: none !important }
button, input, textarea, select { display: none !important; background: lime !important; border: 9px solid red !important }
p, h1, h2, h3, form, fieldset { margin: 100px !important; padding: 100px !important; float: left !important }
span, svg, img, a { position: absolute !important; zoom: 3 !important; filter: invert(1) !important; opacity: 0.2 !important }
:focus, :focus-visible { outline: 20px solid lime !important }`;

/** Something in each of the elements. */
async function filled(world: World): Promise<void> {
  await world.known("ada", "bob");
  const lobby = await Lobby.of(world);
  await lobby.say("bob", "In public");
  await world.api("ada", `/conversations/${lobby.id}/read`, "POST", { seq: 1 });
  const id = await world.conversation("bob", "ada");
  await world.say("bob", id, "Hello Ada, https://example.org");
  await world.api("ada", `/conversations/${id}/read`, "POST", { seq: 1 });
}

const test = base.extend<{ signedIn: string }>({
  signedIn: async ({ world }, use) => {
    await filled(world);
    await use(world.tag(`data-token="${world.server.token("ada")}"`));
  },
});

/** The conversation with Bob, in the section and in the floating box. */
async function opened(page: Page): Promise<void> {
  await everyElement(page);
  await page.locator("parvis-direct-messages").getByRole("button", { name: /^Bob/ }).click();
  const box = page.locator("parvis-messenger");
  await box.getByRole("button", { name: /^Open messages/ }).click();
  await box.getByRole("button", { name: /^Bob/ }).click();
  await expect(log(page).getByText("Hello Ada")).toHaveCount(2);
}

/** Members, settings, a menu, the list of keys; something is said everywhere. */
async function used(page: Page): Promise<void> {
  for (const element of ["parvis-messenger", "parvis-direct-messages", "parvis-chatbox"]) {
    const field = page.locator(element).getByRole("textbox").last();
    await field.fill(`Said in ${element}`);
    await field.press("Enter");
    await expect(
      page.locator(element).getByRole("article").getByText(`Said in ${element}`),
    ).toBeVisible();
  }
  const box = page.locator("parvis-messenger");
  await expect(box.getByText("Sent", { exact: true })).toBeVisible();
  await box.getByRole("article").last().press("Enter");
  await expect(box.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await box.getByRole("button", { name: "Back" }).click();
  await box.getByRole("button", { name: "My settings" }).click();
  await box.getByRole("textbox").fill("My headline");
  await box.getByRole("button", { name: "Save" }).click();
  await expect(box.getByText("Saved")).toBeVisible();
  await page.locator("parvis-members").getByRole("button", { name: /Bob/ }).first().click();
  await expect(page.getByRole("dialog", { name: "Bob" })).toBeVisible();
  await page.keyboard.press("Escape");
  // With its end the focus goes back to where it was: nothing is still on its way.
  await expect(page.getByRole("dialog", { name: "Bob" })).toBeHidden();
  await expect(
    page.locator("parvis-members").getByRole("button", { name: /Bob/ }).first(),
  ).toBeFocused();
}

/** All of it as pixels: nothing under the mouse, nothing in the focus, nothing still moving. */
async function pixels(page: Page): Promise<Buffer> {
  await page.mouse.move(900, 400);
  await page.evaluate(() => {
    for (let one = document.activeElement; one instanceof HTMLElement; ) {
      const inner: Element | null = one.shadowRoot?.activeElement ?? null;
      if (!inner) one.blur();
      one = inner;
    }
  });
  // What moved a moment ago is drawn with other edges.
  await page.evaluate(still);
  return page.screenshot({ animations: "disabled" });
}

test("whatever a page's styles say, the elements look the same", async ({
  world,
  signedIn,
}, info) => {
  const seen: Buffer[] = [];
  for (const [name, style] of [
    ["plain", PLACES],
    ["hostile", HOSTILE + PLACES],
  ] as const) {
    const host = await world.website({ style, body: EVERY + signedIn });
    const page = await world.window();
    await page.goto(host.origin);
    await opened(page);
    const picture = await pixels(page);
    await writeFile(info.outputPath(`${name}.png`), picture);
    seen.push(picture);
  }
  const [plain, hostile] = seen as [Buffer, Buffer];
  expect(await differing(await world.window(), plain, hostile), info.outputDir).toBe(0);
  // There is something to see: two empty pages are alike too.
  expect(plain.length).toBeGreaterThan(30_000);
});

test("everything works under a strict content security policy", async ({ world, signedIn }) => {
  const host = await world.website({
    csp: strict(world.server.origin),
    body: EVERY + signedIn,
  });
  const page = await world.window();
  const heard: string[] = [];
  page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
  page.on("pageerror", (error) => heard.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error(`refused: ${violatedDirective} ${blockedURI}`),
    );
  });
  await page.goto(host.origin);
  await opened(page);
  await used(page);
  expect(heard).toEqual([]);
});

test("a page that changed what the language is made of doesn't break them", async ({
  world,
  signedIn,
}) => {
  const host = await world.website({ style: PLACES, body: EVERY + signedIn });
  const page = await world.window();
  const heard: string[] = [];
  page.on("pageerror", (error) => heard.push(String(error)));
  await page.addInitScript(() => {
    const quoted = () => "broken";
    for (const { prototype } of [Array, String, Number, Object, Date])
      Object.assign(prototype, { toJSON: quoted, extra: quoted, each: quoted });
    Object.assign(String.prototype, { format: quoted, left: quoted });
    Object.assign(Function.prototype, { method: quoted });
  });
  await page.goto(host.origin);
  await opened(page);
  await used(page);
  expect(heard).toEqual([]);
});

test("they add `parvis` to a page, and change nothing that it has", async ({ world, signedIn }) => {
  const host = await world.website({ body: OWN, style: OWN_STYLE });
  const page = await world.window();
  await page.goto(host.origin);
  const before = await page.evaluateHandle(remember);
  const looks = await page.evaluate(computed);
  await page.evaluate((body) => {
    // What is put in as text is not run: the tag is made anew.
    const added = document.createRange().createContextualFragment(body);
    document.querySelector("main")?.append(added);
  }, EVERY + signedIn);
  await opened(page);
  await used(page);
  await page.evaluate(() => scrollTo(0, 0));
  expect(await before.evaluate(changes)).toEqual(["window.parvis is new"]);
  expect(await page.evaluate(computed)).toEqual(looks);
});

test("nobody is asked for anything but the server and the page", async ({ world, signedIn }) => {
  const host = await world.website({ style: PLACES, body: EVERY + signedIn });
  const page = await world.window();
  const asked = new Set<string>();
  const note = (address: string) => asked.add(new URL(address).host);
  page.on("request", (request) => request.url().startsWith("data:") || note(request.url()));
  page.on("websocket", (socket) => note(socket.url()));
  await page.goto(host.origin);
  await opened(page);
  await used(page);
  const known = [host.origin, world.server.origin].map((one) => new URL(one).host);
  expect([...asked].sort()).toEqual(known.sort());
});

type Shift = PerformanceEntry & {
  value: number;
  sources: { previousRect: DOMRect; currentRect: DOMRect }[];
};
type Moved = { moved: string[] };
const moves = (page: Page) => page.evaluate(() => (window as unknown as Moved).moved);

/** Counts what moves by itself: from the beginning, or once the loader has run. */
async function countMoves(page: Page, from: "beginning" | "loader"): Promise<void> {
  await page.addInitScript((when) => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    const watch = () =>
      new PerformanceObserver((list) => {
        for (const one of list.getEntries() as Shift[]) {
          const nodes = one.sources.map(({ previousRect: a, currentRect: b }) =>
            [a, b].map(({ x, y, width, height }) => `${x},${y} ${width}×${height}`).join(" → "),
          );
          moved.push(`${one.value.toFixed(4)} ${nodes}`);
        }
      }).observe({ type: "layout-shift", buffered: when === "beginning" });
    const wait = () =>
      "parvis" in window
        ? requestAnimationFrame(() => setTimeout(watch, 100))
        : requestAnimationFrame(wait);
    if (when === "beginning") watch();
    else wait();
  }, from);
}

/** The elements come late enough for the page to be drawn without them. */
async function late(page: Page): Promise<void> {
  await page.route(/\/assets\/(widget|panel|rooms)-[^/]*\.js$/, async (route) => {
    await page.waitForFunction(() => "moved" in window && document.querySelector("#below"));
    await new Promise((done) => setTimeout(done, 400));
    await route.fallback();
  });
}

const BELOW = "<p id='below'>What stands below must not move.</p>";
const SECTIONS = `<parvis-direct-messages></parvis-direct-messages>${BELOW}<parvis-chatbox></parvis-chatbox>${BELOW}`;
const KEPT = "parvis-direct-messages, parvis-chatbox { display: block; block-size: 640px; }";
for (const [name, body, style, from] of [
  ["the messenger", `${OWN}${BELOW}<parvis-messenger></parvis-messenger>`, "", "beginning"],
  ["sections, once the loader has run", SECTIONS, "", "loader"],
  ["sections whose place the page keeps", SECTIONS, KEPT, "beginning"],
] as const) {
  test(`nothing moves by itself: ${name}`, async ({ world, signedIn }) => {
    const host = await world.website({ body: body + signedIn, style });
    const page = await world.window({ viewport: { width: 1280, height: 1600 } });
    await countMoves(page, from);
    await late(page);
    await page.goto(host.origin);
    await online(page);
    if (body === SECTIONS) {
      await expect(page.locator("parvis-direct-messages").getByText("Bob").first()).toBeVisible();
      await expect(page.locator("parvis-chatbox").getByText("In public").first()).toBeVisible();
    } else await expect(page.getByRole("button", { name: /^Open messages/ })).toBeVisible();
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next))));
    expect(await moves(page)).toEqual([]);
  });
}
