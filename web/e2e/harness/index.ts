// What every story has: a server, a website that embeds it, and people with a browser of their own.
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { type AdminCall, ServerProcess, SITE } from "../../client/test/real/process.ts";
import { freshParts, worker } from "./fresh.ts";
import { Front } from "./front.ts";
import { Host, type HostPage } from "./host.ts";

export type { Locator, Page };
export { type AdminCall, expect, SITE };

export const ALL =
  "<parvis-contact-organizer></parvis-contact-organizer><parvis-message-button member='bob'></parvis-message-button><parvis-messenger></parvis-messenger>";

type NewContext = (options?: BrowserContextOptions) => Promise<BrowserContext>;

export class World {
  readonly server = new ServerProcess();
  readonly #contexts: BrowserContext[] = [];
  readonly #hosts: Host[] = [];
  readonly #fronts: Front[] = [];
  readonly #newContext: NewContext;

  constructor(newContext: NewContext) {
    this.#newContext = newContext;
  }

  /** Somebody's own browser, which sees what the server serves. */
  async browser(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.#newContext(options);
    this.#contexts.push(context);
    return context;
  }

  /** A window of somebody's own browser. */
  async window(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser({ ...worker, ...options });
    await freshParts(context);
    return context.newPage();
  }

  async website(page: HostPage): Promise<Host> {
    const host = await Host.begin();
    this.#hosts.push(host);
    host.serves(page);
    return host;
  }

  /** Something that stands before the server, and can go away. */
  async front(): Promise<Front> {
    const front = await Front.of(this.server.origin);
    this.#fronts.push(front);
    return front;
  }

  /** The tag that a website pastes. */
  tag(attributes = ""): string {
    return `<script type="module" src="${this.server.origin}/embed.js" data-site="${SITE}" ${attributes}></script>`;
  }

  /** A website's page on which a member is signed in. */
  async visit(login: string, body = ALL, options: BrowserContextOptions = {}): Promise<Page> {
    const token = `data-token="${this.server.token(login)}"`;
    const lang = options.locale?.slice(0, 2) ?? "en";
    const host = await this.website({ lang, body: `${body}${this.tag(token)}` });
    const page = await this.window(options);
    await page.goto(host.origin);
    return page;
  }

  /** So that somebody can be found and written to before they came. */
  async known(...logins: string[]): Promise<void> {
    for (const login of logins) await this.api(login, "/me", "GET");
  }

  /** A call of the member's own API, beside the browser. */
  async api(login: string, path: string, method: string, body?: unknown): Promise<unknown> {
    const session = await this.#call("/sessions", "POST", "", {
      site: SITE,
      token: this.server.token(login),
    });
    return this.#call(path, method, (session as { access_token: string }).access_token, body);
  }

  /** The direct conversation of two, made if need be. */
  async conversation(from: string, to: string): Promise<string> {
    const member = (await this.api(from, `/members/@${to}`, "GET")) as { id: string };
    const opened = await this.api(from, "/conversations", "POST", {
      kind: "direct",
      member: member.id,
    });
    return (opened as { id: string }).id;
  }

  async say(from: string, conversation: string, ...texts: string[]): Promise<void> {
    for (const body of texts)
      await this.api(from, `/conversations/${conversation}/messages`, "POST", {
        client_id: crypto.randomUUID(),
        body,
      });
  }

  /** The id of a member, as another sees them. */
  async member(viewer: string, login: string): Promise<string> {
    return ((await this.api(viewer, `/members/@${login}`, "GET")) as { id: string }).id;
  }

  async block(from: string, login: string, blocked = true): Promise<void> {
    const id = await this.member(from, login);
    await this.api(from, `/blocks/${id}`, blocked ? "PUT" : "DELETE");
  }

  async end(): Promise<void> {
    for (const context of this.#contexts) await context.close();
    for (const host of this.#hosts) host.end();
    for (const front of this.#fronts) await front.goes();
    await this.server.end();
  }

  async #call(path: string, method: string, token: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.server.origin}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  }
}

export const test = base.extend<{ world: World }>({
  world: async ({ browser }, use) => {
    const world = new World((options) =>
      browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 }, ...options }),
    );
    await world.server.start();
    await use(world);
    await world.end();
  },
});

export const SECTION =
  "<parvis-direct-messages contact-requests></parvis-direct-messages>" as const;
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

/** The row of a conversation. */
export const row = (page: Page, name: string): Locator =>
  page
    .getByRole("list", { name: "Conversations" })
    .locator(".row")
    .filter({ has: page.getByText(name, { exact: true }) });

/** What can be done with a row, from its menu by keyboard. */
export async function menuOf(page: Page, name: string, item: string): Promise<void> {
  await row(page, name).press("Shift+F10");
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Live: from here on everything is told as it happens. */
export async function online(page: Page): Promise<void> {
  type Element = HTMLElement & { client?: { status: string } };
  await page.waitForFunction(() =>
    [...document.querySelectorAll<Element>("*")].some((one) => one.client?.status === "online"),
  );
}

/** The floating box, opened at one conversation. */
export async function openWith(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Open messages/ }).click();
  await page.getByRole("button", { name: "New chat", exact: true }).first().click();
  await page.getByRole("searchbox").fill(name);
  await page
    .getByRole("button", { name: new RegExp(name) })
    .first()
    .click();
  await expect(writing(page)).toBeVisible();
}

export const writing = (page: Page): Locator => page.getByRole("textbox", { name: /^Message to/ });
export const log = (page: Page): Locator => page.getByRole("log");

export async function send(page: Page, text: string): Promise<void> {
  await writing(page).fill(text);
  await writing(page).press("Enter");
}
