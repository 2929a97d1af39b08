// One message to many, and what comes back.
import { Office, toast } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, type Page, test } from "../harness/index.ts";

const compose = (page: Page) => page.getByRole("dialog", { name: "Message to participants" });

async function toView(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Actions for the selection or the current view" }).click();
  await page.getByRole("menuitem", { name: "Message all in view" }).click();
}

test("a message to all in view: who gets it, sent once, read and answered", async ({ world }) => {
  const office = await Office.open(world);
  const ids = await office.people({ visitors: ["ada", "carla"], exhibitors: ["bob"] });
  await office.call(`/members/${ids.carla}`, "PATCH", { chat_enabled: false });
  const ada = await world.visit("ada", "<parvis-direct-messages></parvis-direct-messages>");
  const page = await office.visit("/members?population=visitors");
  await expect(page.getByText("2 members")).toBeVisible();
  await toView(page);
  const window = compose(page);
  await expect(window.getByRole("status")).toContainText("1 participant will receive it");
  await expect(window.getByRole("status")).toContainText("1 without chat");
  await expect(window.getByRole("button", { name: "SEND NOW" })).toBeDisabled();
  await window.getByLabel("Your message").fill("Doors open at nine");
  expect(await violations(page)).toEqual([]);
  await window.getByRole("button", { name: "SEND NOW" }).dblclick();
  await expect(page.getByText("Sent to 1 participant")).toBeVisible();
  await page.getByRole("link", { name: "See how it fares" }).click();
  await expect(page.getByRole("heading", { name: /^Broadcast of/ })).toBeVisible();
  await expect(page.getByText("Doors open at nine")).toBeVisible();
  expect(((await office.call("/broadcasts", "GET")) as { items: unknown[] }).items).toHaveLength(1);
  await ada.getByText(/^Organizer - /).click();
  await expect(ada.getByRole("log").getByText("Doors open at nine")).toHaveCount(1);
  await expect(ada.getByRole("log").getByText(/Odile/).first()).toBeVisible();
  await ada.getByRole("textbox", { name: /^Message to/ }).fill("Thank you");
  await ada.keyboard.press("Enter");
  await expect(
    page.getByRole("listitem").filter({ hasText: "Ada" }).getByText("Answered"),
  ).toBeVisible({ timeout: 25_000 });
});

test("each reads the version of their language; what was not sent is not lost by a slip", async ({
  world,
}) => {
  const office = await Office.open(world);
  const ids = await office.people({ visitors: ["ada", "bob"] });
  await office.call(`/members/${ids.ada}`, "PATCH", { locale: "fr" });
  const page = await office.visit("/members");
  await page.getByRole("checkbox", { name: "Select Ada" }).check();
  await page.getByRole("checkbox", { name: "Select Bob" }).check();
  await page.getByRole("button", { name: "Actions for the selection or the current view" }).click();
  await page.getByRole("menuitem", { name: "Message selection" }).click();
  const window = compose(page);
  await window.getByLabel("Your message").fill("Welcome");
  await page.keyboard.press("Escape");
  await page
    .getByRole("dialog", { name: "Leave without sending?" })
    .getByRole("button", { name: "Stay here" })
    .click();
  await window.getByRole("tab", { name: "Français" }).click();
  await window.getByLabel("Your message").fill("Bienvenue");
  await window.getByRole("button", { name: "SEND NOW" }).click();
  await expect(page.getByText("Sent to 2 participants")).toBeVisible();
  const said = async (login: string) => {
    const { items } = (await world.api(login, "/conversations", "GET")) as {
      items: { last_message: { body: string } }[];
    };
    return items[0]?.last_message.body;
  };
  await expect.poll(() => said("ada")).toBe("Bienvenue");
  await expect.poll(() => said("bob")).toBe("Welcome");
});

test("sent later, and called off", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada"] });
  const page = await office.visit("/members");
  await expect(page.getByText("1 member", { exact: true })).toBeVisible();
  await toView(page);
  const window = compose(page);
  await window.getByLabel("Your message").fill("Tomorrow");
  await window.getByText("Send later").click();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
  await window.getByLabel("Date and time").fill(tomorrow);
  await window.getByRole("button", { name: "SCHEDULE" }).click();
  await page.getByRole("link", { name: "See how it fares" }).click();
  await expect(page.getByText("Scheduled")).toBeVisible();
  await page.getByRole("button", { name: "Cancel the broadcast" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel it" }).click();
  await expect(toast(page, "The broadcast was cancelled")).toBeVisible();
  await expect(page.getByText("Cancelled", { exact: true })).toBeVisible();
});
