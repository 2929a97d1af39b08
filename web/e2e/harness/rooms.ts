// People in rooms, for the stories.
import type { BrowserContextOptions } from "@playwright/test";
import { type AdminCall, expect, type Locator, type Page, type World } from "./index.ts";

export const CHATBOX = "<parvis-chatbox></parvis-chatbox>";

const MODERATORS = "moderators";

/** A site with a room, and somebody to change it. */
export class Lobby {
  private constructor(
    readonly world: World,
    readonly operator: AdminCall,
    readonly id: string,
  ) {}

  /** Carla moderates it, if it is to be moderated. */
  static async of(world: World, more: object = {}, moderated = false): Promise<Lobby> {
    const operator = await world.server.operator();
    await operator("/populations", "POST", { slug: MODERATORS, name: "Moderators" });
    if (moderated) await operator("/settings", "PATCH", { features: { moderation: true } });
    const moderation = moderated ? { moderators: [MODERATORS], moderation: true } : {};
    const body = { name: "Lobby", populations: [], moderators: [], ...moderation, ...more };
    const { id } = (await operator("/rooms", "POST", body)) as { id: string };
    return new Lobby(world, operator, id);
  }

  /** Somebody in a window of their own, live in the room. */
  async visit(
    login: string,
    { body = CHATBOX, ...options }: BrowserContextOptions & { body?: string } = {},
  ): Promise<Page> {
    const page = await this.look(login, { body, ...options });
    await inside(page);
    return page;
  }

  /** The same, whether or not they may enter. */
  async look(
    login: string,
    { body = CHATBOX, ...options }: BrowserContextOptions & { body?: string } = {},
  ): Promise<Page> {
    const { world } = this;
    const claims = login === "carla" ? { populations: [MODERATORS] } : {};
    const token = world.server.token(login, claims);
    const lang = options.locale?.slice(0, 2) ?? "en";
    const host = await world.website({
      lang,
      body: `${body}${world.tag(`data-token="${token}"`)}`,
    });
    const page = await world.window(options);
    await page.goto(host.origin);
    return page;
  }

  say(from: string, ...texts: string[]): Promise<void> {
    return this.world.say(from, this.id, ...texts);
  }

  change(what: object): Promise<unknown> {
    return this.operator(`/rooms/${this.id}`, "PATCH", what);
  }
}

/** What happens in the room is told to this window. */
export async function inside(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    type Box = HTMLElement & { rooms?: { state: { rooms: Map<string, { inside: boolean }> } } };
    const boxes = [...document.querySelectorAll<Box>("parvis-chatbox")];
    return boxes.some((box) =>
      [...(box.rooms?.state.rooms.values() ?? [])].some((one) => one.inside),
    );
  });
}

export const article = (page: Page, text: string): Locator =>
  page.getByRole("log").getByRole("article").filter({ hasText: text });

/** What can be done with a message, by keyboard. */
export async function menuOf(page: Page, text: string, item: string | RegExp): Promise<void> {
  // While it is on its way nothing can be done with it.
  await expect(article(page, text).locator(".more")).toBeAttached();
  await article(page, text).focus();
  await article(page, text).press("Enter");
  await page.getByRole("menuitem", { name: item }).click();
}

export const here = (page: Page): Locator => page.getByRole("complementary", { name: "Here now" });
export const person = (page: Page, name: string): Locator =>
  here(page).getByRole("listitem").filter({ hasText: name }).locator(".row");

/** The composer would whisper, and says to whom. */
export async function wouldWhisper(page: Page, text: string): Promise<void> {
  const composer = page.locator("parvis-room-composer");
  await expect(composer.locator("#tone")).toHaveText(text);
  await expect(composer.locator("form")).toHaveClass(/aside/);
}
