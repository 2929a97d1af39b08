// Rules as a table, and what they say.
import { Office, toast } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, test } from "../harness/index.ts";

test("rules are set in the table and count once they are saved", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada"], exhibitors: ["bob"] });
  const page = await office.visit("/rules");
  await expect(page.getByText("There is no rule yet")).toBeVisible();
  await page.getByRole("button", { name: /exhibitors → everyone, write first/ }).click();
  await page.getByRole("button", { name: /visitors → exhibitors, answer/ }).click();
  const never = page.getByRole("button", { name: /visitors → visitors, see/ });
  await never.click();
  await never.click();
  await expect(page.getByText("Not saved yet")).toBeVisible();
  expect(await office.call("/rules", "GET")).toEqual([]);
  await expect(page.getByRole("heading", { name: "What would change" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(toast(page, "The rules apply from now on")).toBeVisible();
  const rules = (await office.call("/rules", "GET")) as object[];
  expect(rules).toHaveLength(3);
  expect(rules).toContainEqual({
    from: "exhibitors",
    to: "everyone",
    effect: "allow",
    rights: ["see", "start"],
  });
  expect(rules).toContainEqual({
    from: "visitors",
    to: { population: "visitors" },
    effect: "never",
    rights: ["see"],
  });
  await page.reload();
  await expect(
    page.getByRole("button", { name: /visitors → visitors, see\s?: never/ }),
  ).toBeVisible();
});

test("leaving with unsaved rules asks, and staying keeps them", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada"] });
  const page = await office.visit("/rooms");
  await page.getByRole("link", { name: "Rules" }).click();
  const see = page.getByRole("button", { name: /visitors → everyone, see/ });
  await see.click();
  await page.getByRole("link", { name: "Rooms" }).click();
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await question.getByRole("button", { name: "Stay here" }).click();
  await expect(see).toHaveAttribute("data-state", "allow");
  await expect(page).toHaveURL(/\/rules$/);
  await page.goBack();
  await question.getByRole("button", { name: "Stay here" }).click();
  await expect(page).toHaveURL(/\/rules$/);
  await page.getByRole("link", { name: "Rooms" }).click();
  await question.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Rooms" })).toBeVisible();
  expect(await office.call("/rules", "GET")).toEqual([]);
});

test("the table is reached when messaging is on", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada"] });
  const page = await office.visit("/rules");
  const messaging = page.getByRole("switch", { name: "Messaging and contact list" });
  await messaging.click();
  await expect(page.getByRole("table")).toHaveCount(0);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(toast(page, "The rules apply")).toBeVisible();
  expect(await office.call("/settings", "GET")).toMatchObject({ features: { messaging: false } });
  await messaging.click();
  await expect(page.getByRole("table")).toBeVisible();
});

test("who may do what, and which rule says so", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada"], exhibitors: ["bob"] });
  await office.call("/rules", "PUT", [
    {
      from: "exhibitors",
      to: { population: "visitors" },
      effect: "allow",
      rights: ["see", "start"],
    },
    { from: "visitors", to: "everyone", effect: "allow", rights: ["reply"] },
  ]);
  const page = await office.visit("/rules/test");
  const choose = async (label: string, name: string) => {
    await page.getByRole("combobox", { name: label }).fill(name);
    await page.getByRole("option", { name: new RegExp(name, "i") }).click();
  };
  await choose("This member", "bob");
  await choose("towards this one", "ada");
  await expect(page.getByRole("heading", { name: "Bob → Ada" })).toBeVisible();
  await expect(page.getByRole("row", { name: /write first.*may/ }).first()).toContainText(
    "Rule 1: exhibitors may see and write first towards visitors.",
  );
  await expect(page.getByRole("heading", { name: "Ada → Bob" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test("populations are made, renamed and deleted, but not while a rule speaks of them", async ({
  world,
}) => {
  const office = await Office.open(world);
  const page = await office.visit("/rules/populations");
  await page.getByRole("button", { name: "New population" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Press");
  await page.getByLabel("Short name").fill("press");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("link", { name: "Press" })).toBeVisible();
  await office.call("/rules", "PUT", [
    { from: "press", to: "everyone", effect: "allow", rights: ["see"] },
  ]);
  await page.getByRole("button", { name: "Delete Press" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.locator("parvis-toast")).toContainText(/rule/i);
  await office.call("/rules", "PUT", []);
  await page.getByRole("button", { name: "Delete Press" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("link", { name: "Press" })).toHaveCount(0);
});
