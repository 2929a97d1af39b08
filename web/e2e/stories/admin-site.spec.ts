// How the messages speak and look on the website.
import { Office, toast } from "../harness/admin.ts";
import { expect, test } from "../harness/index.ts";

test("a sentence is found, changed and seen by members at once", async ({ world }) => {
  const office = await Office.open(world);
  const ada = await world.visit("ada", "<parvis-contact-organizer></parvis-contact-organizer>");
  await expect(ada.getByRole("button", { name: "Contact the organizer" })).toBeVisible();
  const page = await office.visit("/texts");
  await page.getByRole("searchbox").fill("contact organizer");
  const field = page.getByLabel("Contact the organizer", { exact: true });
  await field.fill("Ask {nobody}");
  await expect(page.getByText("Not known here: {nobody}")).toBeVisible();
  await field.fill("Ask the team");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(toast(page, "Members see it from now on")).toBeVisible();
  await expect(ada.getByRole("button", { name: "Ask the team" })).toBeVisible();
});

test("templates are chosen apart, seen before, and kept", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/design");
  const preview = page.locator("admin-stage parvis-direct-messages");
  await expect(preview.getByRole("log")).toBeVisible({ timeout: 20_000 });
  await page
    .getByRole("radiogroup", { name: "List of conversations" })
    .getByRole("radio")
    .nth(2)
    .check({ force: true });
  await expect(preview).toHaveAttribute("list-template", "3");
  await expect(preview).toHaveAttribute("detail-template", "2");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(toast(page, "Saved")).toBeVisible();
  expect(await office.call("/settings", "GET")).toMatchObject({
    list_template: 3,
    detail_template: 2,
  });
  await page.getByLabel("Colour", { exact: true }).fill("#ffe066");
  await expect(page.getByText(/on light 1\.\d/)).toBeVisible();
  await expect(page.locator("pre").filter({ hasText: "--parvis-accent: #ffe066" })).toBeVisible();
});

test("colour, corners and font are kept and hold where the page says nothing else", async ({
  world,
}) => {
  const office = await Office.open(world);
  const ada = await world.visit("ada", "<parvis-messenger></parvis-messenger>");
  const launcher = ada.getByRole("button", { name: /^Open messages/ });
  await expect(launcher).toHaveCSS("background-color", "rgb(59, 91, 219)");
  const page = await office.visit("/design");
  await page.getByLabel("Colour", { exact: true }).fill("#0b7a5f");
  await page.getByLabel("Round corners").fill("4");
  await page.getByLabel("Font", { exact: true }).selectOption("One of the website’s");
  await page.getByLabel("Names of the font").fill("Inter, sans-serif");
  await page.getByLabel("Names of the font").blur();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(toast(page, "Saved")).toBeVisible();
  expect(await office.call("/settings", "GET")).toMatchObject({
    theme: { accent: "#0b7a5f", radius: "4px", font: "Inter, sans-serif" },
  });
  // Who is there sees it at once; the page's own colour wins.
  await expect(launcher).toHaveCSS("background-color", "rgb(11, 122, 95)");
  await ada.addStyleTag({ content: ":root { --parvis-accent: #aa0000 }" });
  await expect(launcher).toHaveCSS("background-color", "rgb(170, 0, 0)");
  await page.getByRole("button", { name: "Default (Colour)" }).click();
  await expect(page.locator("pre").filter({ hasText: "--parvis-accent: #3b5bdb" })).toBeVisible();
});

test("the header above the messages says what the organizers want, in each language", async ({
  world,
}) => {
  const office = await Office.open(world);
  const tag = "<parvis-direct-messages></parvis-direct-messages>";
  const ada = await world.visit("ada", tag);
  await expect(ada.getByRole("heading", { name: "Messages" })).toBeVisible();
  const page = await office.visit("/design");
  await page.getByLabel("English", { exact: true }).fill("Talk to us");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(toast(page, "Saved")).toBeVisible();
  await expect(ada.getByRole("heading", { name: "Talk to us" })).toBeVisible();
  await page.getByLabel("English", { exact: true }).fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(ada.getByRole("heading", { name: "Messages" })).toBeVisible();
  expect(await office.call("/settings", "GET")).toMatchObject({ texts: {} });
});

test("the tag says what was chosen, and a page is checked", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/embed/parvis-messenger");
  await page.getByLabel("Left").check({ force: true });
  const tag = '<parvis-messenger position="left"></parvis-messenger>';
  await expect(page.locator("pre").filter({ hasText: tag })).toBeVisible();
  await expect(page.locator("admin-stage").getByRole("dialog", { name: "Messages" })).toBeVisible();
  await page.reload();
  await expect(page.locator("pre").filter({ hasText: tag })).toBeVisible();
  const host = await world.website({ body: `${tag}${world.tag()}` });
  await page.getByLabel("Address of the page").fill(host.origin);
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByText("The script is there")).toBeVisible();
});
