// People in groups, for the stories.
import { expect, type Locator, online, type Page, type World } from "./index.ts";

export const BOX = "<parvis-messenger></parvis-messenger>";

/** A group made over the API; the first is its admin. */
export async function group(
  world: World,
  name: string,
  logins: readonly [string, ...string[]],
  more: object = {},
): Promise<string> {
  const [admin, ...others] = logins;
  await world.known(...logins);
  const members = await Promise.all(others.map((login) => world.member(admin, login)));
  const body = { kind: "group", name, members, ...more };
  return ((await world.api(admin, "/conversations", "POST", body)) as { id: string }).id;
}

/** Opens a conversation by the page's own handle, whatever is shown. */
export async function opened(page: Page, conversation: string): Promise<void> {
  await online(page);
  await page.evaluate((id) => {
    type Handle = { parvis: { open(target: object): Promise<void> } };
    return (window as unknown as Handle).parvis.open({ conversation: id });
  }, conversation);
  await expect(page.getByRole("log")).toBeVisible();
}

export const info = (page: Page): Locator => page.locator("parvis-group");

/** What a group is and who is in it, from its conversation. */
export async function openInfo(page: Page, name: string): Promise<void> {
  await page.locator("parvis-conversation").getByRole("button", { name, exact: true }).click();
  await expect(info(page).getByRole("heading", { name: "Group info" })).toBeVisible();
}

export const participant = (page: Page, name: string): Locator =>
  info(page).locator(".row").filter({ hasText: name });

/** What can be done with somebody in the group, from their row. */
export async function doing(page: Page, name: string, what: string): Promise<void> {
  await participant(page, name).click();
  await page.getByRole("menuitem", { name: what, exact: true }).click();
}

export const pick = (page: Page, name: string): Locator =>
  page.locator("parvis-people-picker").getByRole("checkbox", { name: new RegExp(`^${name}`) });
