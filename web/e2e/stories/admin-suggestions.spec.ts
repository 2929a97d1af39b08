// What suggestions live on, from the back-office: the site's themes, and what a member offers and looks for.
import { Office, toast } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, test } from "../harness/index.ts";

test("themes are written once suggestions are on, and members choose from them", async ({
  world,
}) => {
  const office = await Office.open(world);
  const page = await office.visit("/settings");
  const themes = page.getByRole("textbox", { name: "Themes" });
  await expect(themes).toHaveCount(0);
  await page.getByRole("switch", { name: "Matchmaking" }).click();
  await themes.fill("Energy: Wind, Tides\nLand: Bees");
  await themes.blur();
  expect(await violations(page), "the themes").toEqual([]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(toast(page, "Saved")).toBeVisible();
  expect(await office.call("/settings", "GET")).toMatchObject({
    features: { matchmaking: true },
    themes: [
      { domain: "Energy", themes: ["Wind", "Tides"] },
      { domain: "Land", themes: ["Bees"] },
    ],
  });
  const ada = await world.visit(
    "ada",
    "<parvis-direct-messages matchmaking></parvis-direct-messages>",
  );
  await ada.getByRole("button", { name: "Add my interests" }).click();
  await ada.getByText("Energy", { exact: true }).click();
  await expect(ada.getByRole("group", { name: "Tides" })).toBeVisible();
  await page.reload();
  await expect(themes).toHaveValue("Energy: Wind, Tides\nLand: Bees");
});

test("what a member offers and looks for", async ({ world }) => {
  const office = await Office.open(world);
  const { ada, bob } = await office.people({ visitors: ["ada", "bob"] });
  await office.call(`/members/${bob}`, "PATCH", { looks_for: ["Wind"], interests: { Bees: 0.5 } });
  const page = await office.visit("/members");
  const open = async (name: string) => {
    await page.getByRole("link", { name, exact: true }).click();
    const window = page.getByRole("dialog", { name });
    await window.getByRole("link", { name: "Populations & badges" }).click();
    return window;
  };
  const window = await open("Ada");
  for (const [name, theme] of [
    ["Offers", "Wind"],
    ["Looks for", "Bees"],
  ] as const) {
    await window.getByRole("combobox", { name }).fill(theme);
    await window.getByRole("combobox", { name }).press("Enter");
  }
  expect(await violations(page), "a member's window").toEqual([]);
  await window.getByRole("button", { name: "Save" }).click();
  await expect(toast(page, "Saved")).toBeVisible();
  expect(await office.call(`/members/${ada}`, "GET")).toMatchObject({
    offers: ["Wind"],
    looks_for: ["Bees"],
  });
});
