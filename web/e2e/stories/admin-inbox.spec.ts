// Participants' messages: what comes in, who looks after it, how it is answered.
import { Office, toast } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, type Page, test, type World } from "../harness/index.ts";

async function writes(world: World, login: string, ...texts: string[]): Promise<void> {
  const opened = (await world.api(login, "/conversations", "POST", { kind: "organizer" })) as {
    id: string;
  };
  await world.say(login, opened.id, ...texts);
}

const thread = (page: Page, name: string) =>
  page
    .getByRole("list", { name: "Participants' messages" })
    .getByRole("listitem")
    .filter({ hasText: name });

test("a question arrives, is answered, and is marked as read", async ({ world }) => {
  const office = await Office.open(world);
  await world.known("ada", "bob");
  const page = await office.visit("/messages");
  await expect(page.getByRole("heading", { name: "No conversation here" })).toBeVisible();
  await writes(world, "ada", "Where is the entrance?");
  await expect(thread(page, "Ada")).toContainText("Where is the entrance?");
  await expect(page.getByRole("link", { name: /Participants' messages/ })).toContainText("1");
  await writes(world, "bob", "Hello");
  await thread(page, "Ada").getByRole("link").click();
  const log = page.getByRole("log", { name: "Messages with Ada" });
  await expect(log.getByText("Where is the entrance?")).toBeVisible();
  await page.getByRole("textbox", { name: "Write to Ada" }).fill("By the north gate");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(log.getByText("By the north gate")).toBeVisible();
  await expect(log.getByText(/^Odile/)).toBeVisible();
  await writes(world, "ada", "Thank you");
  await expect(log.getByText("Thank you")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await expect(log.getByText("By the north gate")).toBeVisible();
});

test("notes, ready answers, assigning, closing and reopening", async ({ world }) => {
  const office = await Office.open(world);
  await world.known("ada");
  await writes(world, "ada", "My badge is lost");
  await office.call("/canned-answers", "POST", { title: "Badge", body: "Come to the front desk." });
  const page = await office.visit("/messages");
  await thread(page, "Ada").getByRole("link").click();
  await page.getByLabel("Internal note").check();
  await page.getByRole("textbox", { name: /Note for the team/ }).fill("Third time");
  await page.getByRole("button", { name: "Save the note" }).click();
  await expect(page.getByRole("log").getByText("Third time")).toBeVisible();
  await page.getByLabel("Internal note").uncheck();
  await page.getByRole("button", { name: "Ready answers" }).last().click();
  await page.getByRole("menuitem", { name: "Badge" }).click();
  await expect(page.getByRole("textbox", { name: "Write to Ada" })).toHaveValue(
    "Come to the front desk.",
  );
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByTitle("Who looks after it", { exact: true }).click();
  await page.getByRole("menuitemradio", { name: "Odile" }).click();
  await expect(thread(page, "Ada").getByText("Odile")).toBeVisible();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(toast(page, "The conversation is closed")).toBeVisible();
  await expect(thread(page, "Ada")).toHaveCount(0);
  await writes(world, "ada", "And now?");
  await expect(thread(page, "Ada")).toBeVisible();
  const messages = (await world.api("ada", "/conversations", "GET")) as { items: { id: string }[] };
  const read = (await world.api(
    "ada",
    `/conversations/${messages.items[0]?.id}/messages`,
    "GET",
  )) as { items: { body: string }[] };
  expect(read.items.map(({ body }) => body)).not.toContain("Third time");
});
