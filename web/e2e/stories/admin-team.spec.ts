// Those who look after a site, and what acts in its name.
import { code, EMAIL, Office, PASSWORD, toast } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, test } from "../harness/index.ts";

test("an agent is invited, chooses a password, and sees what agents see", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/operators");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const form = page.getByRole("dialog", { name: "Invite somebody" });
  await form.getByLabel("Name, as members").fill("Zoé");
  await form.getByLabel("E-mail").fill("zoe@example.org");
  await form.getByRole("radio", { name: /^Agent/ }).check();
  expect(await violations(page)).toEqual([]);
  await form.getByRole("button", { name: "Make the link" }).click();
  const shown = page.getByRole("dialog", { name: "Link for Zoé" });
  const url = new URL((await shown.locator("pre").textContent()) ?? "");
  const zoe = await world.window();
  await zoe.goto(world.server.origin + url.pathname + url.hash);
  await expect(zoe.getByRole("heading", { name: "Welcome" })).toBeVisible();
  expect(await violations(zoe)).toEqual([]);
  await zoe.getByLabel("Choose a password").fill("another long password");
  await zoe.getByRole("button", { name: "Begin" }).click();
  const nav = zoe.getByRole("navigation", { name: "Back-office" });
  await expect(nav.getByRole("link", { name: "Members" })).toBeVisible();
  await expect(nav.getByRole("link", { name: "Rules" })).toHaveCount(0);
  await zoe.goto(office.address("/settings"));
  await expect(zoe.getByRole("heading", { name: "Nothing here" })).toBeVisible();
  const again = await world.window();
  await again.goto(world.server.origin + url.pathname + url.hash);
  await expect(again.getByRole("alert")).toContainText("has been used or has expired");
});

test("a second factor: set up, asked for, switched off", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/profile");
  await page.getByRole("button", { name: "Set up" }).click();
  const window = page.getByRole("dialog", { name: "Second factor" });
  await expect(window.getByRole("img", { name: /QR code/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const secret = (await window.locator("code").textContent()) ?? "";
  await window.getByRole("textbox", { name: "Code" }).fill(code(secret));
  await window.getByRole("button", { name: "Continue" }).click();
  const codes = page.getByRole("dialog", { name: "Recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  const recovery = (await codes.getByRole("listitem").first().textContent()) ?? "";
  await codes.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("On", { exact: true })).toBeVisible();
  const other = await world.window();
  await other.goto(office.address("/rooms"));
  await other.getByLabel("E-mail").fill(EMAIL);
  await other.getByLabel("Password").fill(PASSWORD);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByLabel("Code").fill("000000");
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("alert")).toContainText("This code is not right");
  await other.getByLabel("Code").fill(recovery);
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("heading", { name: "Rooms" })).toBeVisible();
});

test("one's own name, and where one is signed in", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/profile");
  await page.getByLabel("Your name, as members see it").fill("Odile B.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByTitle("You", { exact: true })).toContainText("Odile B.");
  expect(await office.call("/me", "GET")).toMatchObject({ name: "Odile B." });
  const sessions = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("button", { name: "End", exact: true }) });
  await expect(sessions).not.toHaveCount(0);
  await page.getByRole("button", { name: "End all others" }).click();
  await expect(sessions).toHaveCount(0);
});

test("a key is shown once, works, and is revoked", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/api-keys");
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("What it is for").fill("CRM");
  await page.getByRole("button", { name: "Create" }).click();
  const key = (await page.getByRole("dialog", { name: "CRM" }).locator("pre").textContent()) ?? "";
  const ask = async () =>
    (
      await fetch(`${world.server.origin}/api/v1/admin/members`, {
        headers: { authorization: `Bearer ${key}` },
      })
    ).status;
  expect(await ask()).toBe(200);
  await page.getByRole("dialog", { name: "CRM" }).getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("heading", { name: "No key yet" })).toBeVisible();
  expect(await ask()).toBe(401);
});

test("a webhook is made, tried and looked at", async ({ world }) => {
  const office = await Office.open(world);
  const host = await world.website({ body: "", answer: () => "ok" });
  const page = await office.visit("/webhooks");
  await page.getByRole("button", { name: "New webhook" }).click();
  await page.getByLabel("Address").fill(`${host.origin}/hook`);
  await page.getByRole("checkbox", { name: /A member is new/ }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: `${host.origin}/hook` })).toBeVisible();
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("ping", { exact: true })).toBeVisible({ timeout: 20_000 });
  expect(await violations(page)).toEqual([]);
});

test("what was done stands in the log", async ({ world }) => {
  const office = await Office.open(world);
  await office.call("/rooms", "POST", { name: "Lobby" });
  const page = await office.visit("/audit");
  await expect(page.getByRole("row", { name: /Opened a room/ })).toContainText("Odile");
  await page.getByRole("combobox", { name: "What" }).selectOption("Sanctions (all)");
  await expect(page.getByRole("heading", { name: "Nothing here" })).toBeVisible();
  await page.getByRole("combobox", { name: "What" }).selectOption("Opened a room");
  await page.reload();
  await expect(page.getByRole("row", { name: /Opened a room/ })).toBeVisible();
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export as CSV" }).click();
  await file;
  await expect(toast(page, "The file was downloaded")).toBeVisible();
});

test("from one site to another, and each keeps to itself", async ({ world }) => {
  await world.server.secondSite("winter", "Winter fair");
  const office = await Office.open(world);
  await office.call("/rooms", "POST", { name: "Lobby" });
  const page = await world.window();
  await page.goto(office.address("/rooms"));
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("link", { name: "Lobby" })).toBeVisible();
  await page.getByTitle("Sites", { exact: true }).click();
  await page.getByRole("menuitemradio", { name: "Winter fair" }).click();
  await expect(page).toHaveURL(/\/admin\/winter$/);
  const nav = page.getByRole("navigation", { name: "Back-office" });
  await expect(nav.getByRole("link", { name: "Members" })).toBeVisible();
  // An agent there, an owner here.
  await expect(nav.getByRole("link", { name: "Rooms" })).toHaveCount(0);
  await page.getByTitle("Sites", { exact: true }).click();
  await page.getByRole("menuitemradio", { name: "Forum" }).click();
  await expect(nav.getByRole("link", { name: "Rooms" })).toBeVisible();
});
