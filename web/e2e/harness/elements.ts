// Every public element on one page, each in a place of its own that the page gives it.
import { expect, type Page } from "@playwright/test";
import { online } from "./index.ts";

export const EVERY = `<div id="stage">
<parvis-direct-messages></parvis-direct-messages><parvis-chatbox></parvis-chatbox><parvis-members></parvis-members>
<parvis-message-button member="bob"></parvis-message-button><parvis-contact-organizer></parvis-contact-organizer>
<parvis-messenger></parvis-messenger></div>`;

/** The same places on every page, whatever else the page says. */
export const PLACES = `html body #stage { all: initial !important; position: fixed !important; inset: 0 !important; background: #fff !important }
${["direct-messages 0 0 620 400", "chatbox 0 400 620 400", "members 620 0 260 400", "message-button 620 420 260 60", "contact-organizer 620 500 260 60"].map(place).join("\n")}`;

function place(line: string): string {
  const [name, ...numbers] = line.split(" ");
  const [left, top, width, height] = numbers.map((one) => `${one}px`);
  return `html body #stage parvis-${name} { display: block !important; position: absolute !important; left: ${left} !important; top: ${top} !important; inline-size: ${width} !important; block-size: ${height} !important; overflow: hidden !important }`;
}

/** Each of them is there, with what it has to show. */
export async function everyElement(page: Page): Promise<void> {
  await online(page);
  await expect(page.locator("parvis-direct-messages").getByText("Bob").first()).toBeVisible();
  await expect(page.locator("parvis-chatbox").getByRole("log")).toBeVisible();
  await expect(page.locator("parvis-chatbox").getByText("In public").first()).toBeVisible();
  await expect(page.locator("parvis-members").getByText("Bob").first()).toBeVisible();
  await expect(page.locator("parvis-message-button").getByRole("button")).toBeVisible();
  await expect(page.locator("parvis-contact-organizer").getByRole("button")).toBeVisible();
  await expect(
    page
      .locator("parvis-messenger")
      .getByRole("button", { name: /messages/i })
      .first(),
  ).toBeVisible();
}
