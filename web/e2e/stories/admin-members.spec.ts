// The members grid: finding people, keeping views, doing something with many.
import { Office, toast } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, type Page, test } from "../harness/index.ts";

const grid = (page: Page) => page.getByRole("table", { name: "Members" });
const name = (page: Page, text: string) =>
  grid(page).getByRole("link", { name: text, exact: true });
const menu = (page: Page) =>
  page.getByRole("button", { name: "Actions for the selection or the current view" });
const part = (page: Page, heading: string) =>
  page.getByRole("menu").getByRole("group", { name: heading });

/** Very many, taken in from a file as an organizer would. */
async function crowd(office: Office, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => {
    const n = String(at).padStart(6, "0");
    return `u-${n},member${n},Member ${n},${at % 4 === 0 ? "press" : "visitors"},${at % 10 === 0 ? "VIP" : ""}`;
  });
  const csv = ["external_id,login,name,populations,badges", ...rows].join("\n");
  await office.csv(csv);
}

test("filters stand in the address, and an address can be shared", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada", "carla"], exhibitors: ["bob"] });
  const page = await office.visit("/members");
  await expect(page.getByText("3 members")).toBeVisible();
  await page.getByRole("combobox", { name: "Population" }).selectOption({ label: "visitors (2)" });
  await expect(page.getByText("2 members")).toBeVisible();
  await expect(name(page, "Bob")).toHaveCount(0);
  await expect(page).toHaveURL(/population=visitors/);
  await page.getByRole("searchbox").fill("carl");
  await expect(page.getByText("1 member", { exact: true })).toBeVisible();
  const other = await office.visit(
    new URL(page.url()).pathname.replace("/admin/forum", "") + new URL(page.url()).search,
  );
  await expect(name(other, "Carla")).toBeVisible();
  await expect(other.getByText("1 member", { exact: true })).toBeVisible();
  expect(await violations(other)).toEqual([]);
});

test("who is here now is told as it happens", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada", "bob"] });
  const page = await office.visit("/members?connected=true");
  await expect(page.getByRole("heading", { name: "Nobody matches" })).toBeVisible();
  await world.visit("ada");
  await expect(name(page, "Ada")).toBeVisible({ timeout: 25_000 });
  await expect(grid(page).getByText("Active")).toBeVisible();
  await expect(name(page, "Bob")).toHaveCount(0);
});

test("a view is kept, changed, shared by its address and deleted", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada"], exhibitors: ["bob"] });
  const page = await office.visit("/members?population=visitors");
  await page.getByRole("button", { name: "Manage views" }).click();
  await page.getByRole("menuitem", { name: "Save as a new view" }).click();
  await page.getByLabel("Name of the view").fill("Only visitors");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  const tab = page
    .getByRole("navigation", { name: "Views" })
    .getByRole("link", { name: /Only visitors/ });
  await expect(tab).toHaveAttribute("aria-current", "page");
  await expect(page).toHaveURL(/view=/);
  await expect(page.getByText("1 member", { exact: true })).toBeVisible();
  await page.getByRole("combobox", { name: "Contactable" }).selectOption({ label: "No" });
  await expect(page.getByRole("img", { name: "changed" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Nobody matches" })).toBeVisible();
  await page.getByRole("combobox", { name: "Contactable" }).selectOption({ label: "Yes" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("img", { name: "changed" })).toHaveCount(0);
  await page.reload();
  await expect(name(page, "Ada")).toBeVisible();
  await page.getByRole("button", { name: "Manage views" }).click();
  await page.getByRole("menuitem", { name: "Delete this view" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(tab).toHaveCount(0);
  await expect(page.getByText("2 members")).toBeVisible();
});

test("many are changed at once: the selection, and all in view", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada", "carla"], exhibitors: ["bob"] });
  const page = await office.visit("/members");
  await page.getByRole("checkbox", { name: "Select Ada" }).check();
  await menu(page).click();
  await part(page, "Selection").getByRole("menuitem", { name: "Give a badge" }).click();
  await page.getByRole("dialog").getByLabel("Badge").fill("VIP");
  await page.getByRole("dialog").getByRole("button", { name: "Give" }).click();
  await expect(toast(page, "1 member changed")).toBeVisible();
  await expect(grid(page).getByText("VIP")).toHaveCount(1);
  await page.goto(office.address("/members?population=visitors"));
  await expect(page.getByText("2 members")).toBeVisible();
  await menu(page).click();
  await part(page, "Current view").getByRole("menuitem", { name: "Disable chat" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(toast(page, "2 members changed")).toBeVisible();
  await page.goto(office.address("/members?chat_enabled=true"));
  await expect(page.getByText("1 member", { exact: true })).toBeVisible();
  await expect(name(page, "Bob")).toBeVisible();
});

test("what is shown is taken along as a file", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada"], exhibitors: ["bob"] });
  const page = await office.visit("/members?population=visitors");
  await expect(page.getByText("1 member", { exact: true })).toBeVisible();
  await menu(page).click();
  const file = page.waitForEvent("download");
  await part(page, "Current view").getByRole("menuitem", { name: "Export as CSV" }).click();
  const stream = await (await file).createReadStream();
  const text = Buffer.concat(await stream.toArray()).toString("utf8");
  expect(text).toContain("ada");
  expect(text).not.toContain("bob");
});

test("a file is looked at before it is taken in", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada"] });
  const page = await office.visit("/members");
  await page.getByRole("button", { name: "Import" }).click();
  const csv =
    "external_id,login,name,populations\nu-ada,ada,Ada Lovelace,visitors\nu-zoe,zoe,Zoé,visitors\nu-bad,,,nowhere\n";
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  const window = page.getByRole("dialog", { name: "Import" });
  await expect(window.getByText("1 new member")).toBeVisible();
  await expect(window.getByText("1 changed")).toBeVisible();
  await expect(window.getByText("1 line with an error")).toBeVisible();
  await expect(window.getByRole("row", { name: /^4/ })).toBeVisible();
  await expect(window.getByText("Ada Lovelace").first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect(await office.call("/members?query=zoe", "GET")).toMatchObject({ items: [] });
  await window.getByRole("button", { name: "Import 2 members" }).click();
  await expect(window.getByText("The import is done.")).toBeVisible();
  await window.getByRole("button", { name: "Close" }).last().click();
  await expect(name(page, "Zoé")).toBeVisible();
});

test("a member's window: profile, belonging, unsaved changes, a sanction, and the whole conversation", async ({
  world,
}) => {
  const office = await Office.open(world);
  const ids = await office.people({ visitors: ["ada"], press: [] });
  const page = await office.visit("/members");
  await name(page, "Ada").click();
  const window = page.getByRole("dialog", { name: "Ada" });
  await window.getByLabel("Headline").fill("Mathematician");
  await window.getByRole("link", { name: "Populations & badges" }).click();
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await question.getByRole("button", { name: "Stay here" }).click();
  await window.getByRole("button", { name: "Save" }).click();
  await expect(toast(page, "Saved")).toBeVisible();
  await window.getByRole("link", { name: "Populations & badges" }).click();
  await window.getByLabel("press").check({ force: true });
  await window.getByRole("combobox", { name: "Badges" }).fill("VIP");
  await window.getByRole("combobox", { name: "Badges" }).press("Enter");
  await window.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(() => office.call(`/members/${ids.ada}`, "GET"))
    .toMatchObject({
      headline: "Mathematician",
      populations: expect.arrayContaining(["press", "visitors"]),
      badges: ["VIP"],
    });
  await window.getByRole("link", { name: "Sanctions" }).click();
  await window.getByLabel("Why").fill("Too loud");
  await window.getByRole("button", { name: "Impose" }).click();
  await expect(window.getByText("Too loud")).toBeVisible();
  await window.getByRole("button", { name: "Lift" }).click();
  await expect(window.getByText("Over")).toBeVisible();
  await window.getByRole("link", { name: "Messages" }).click();
  await window.getByRole("textbox").fill("Hello Ada");
  await window.getByRole("button", { name: "Send" }).click();
  await expect(window.getByRole("log").getByText("Hello Ada")).toBeVisible();
  const conversation = (await world.api("ada", "/conversations", "GET")) as {
    items: { id: string }[];
  };
  await world.say("ada", conversation.items[0]?.id ?? "", "Hello organizers");
  await expect(window.getByRole("log").getByText("Hello organizers")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await expect(
    page.getByRole("dialog", { name: "Ada" }).getByRole("log").getByText("Hello Ada"),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/members$/);
});

test("a hundred thousand members: scrolled to the end, filtered, all in view written to", async ({
  world,
}) => {
  test.setTimeout(400_000);
  const office = await Office.open(world);
  for (const slug of ["press", "visitors"])
    await office.call("/populations", "POST", { slug, name: slug });
  await crowd(office, 100_000);
  const page = await office.visit("/members");
  await expect(page.getByText("100,000 members")).toBeVisible({ timeout: 30_000 });
  await expect(name(page, "Member 000000")).toBeVisible();
  expect(await page.locator(".grid-row").count()).toBeLessThan(80);
  const scroller = page.getByRole("region", { name: "Members" });
  for (const share of [0.5, 0.25, 1]) {
    await scroller.evaluate((box, to) => box.scrollTo(0, box.scrollHeight * to), share);
  }
  await expect(name(page, "Member 099999")).toBeVisible({ timeout: 20_000 });
  expect(await page.locator(".grid-row").count()).toBeLessThan(80);
  await page.getByRole("combobox", { name: "Population" }).selectOption("press");
  await expect(page.getByText("25,000 members")).toBeVisible({ timeout: 20_000 });
  await page.getByRole("checkbox", { name: "Select all in view" }).check();
  await expect(page.getByText("25,000 selected")).toBeVisible();
  await menu(page).click();
  await part(page, "Selection").getByRole("menuitem", { name: "Message selection" }).click();
  const window = page.getByRole("dialog", { name: "Message to participants" });
  await expect(window.getByRole("status")).toContainText("25,000 participants will receive it", {
    timeout: 20_000,
  });
  await window.getByLabel("Your message").fill("Doors open at nine");
  await window.getByRole("button", { name: "SEND NOW" }).click();
  await expect(page.getByText("Sent to 25,000 participants")).toBeVisible({ timeout: 20_000 });
  await page.getByRole("link", { name: "See how it fares" }).click();
  await expect(page.getByText("Doors open at nine")).toBeVisible();
  await expect(page.getByText("25,000").first()).toBeVisible();
});

test("members are found by what the website says of them, in a view too", async ({ world }) => {
  const office = await Office.open(world);
  await office.csv(
    "external_id,login,name,attributes.sector\nu-ada,ada,Ada,Wood\nu-bob,bob,Bob,Paper\nu-eve,eve,Eve,\n",
  );
  const page = await office.visit("/members");
  await expect(page.getByText("3 members")).toBeVisible();
  const ask = async (sector: string) => {
    await page.getByRole("button", { name: "From the website" }).click();
    const window = page.getByRole("dialog", { name: "From the website" });
    await window.getByLabel("Name").fill("sector");
    await window.getByLabel("Value").fill(sector);
    await window.getByRole("button", { name: "Filter" }).click();
  };
  await ask("Wood");
  await expect(page.getByText("1 member", { exact: true })).toBeVisible();
  await expect(name(page, "Ada")).toBeVisible();
  await ask("Paper");
  await expect(page.getByText("2 members")).toBeVisible();
  await page.reload();
  await expect(page.getByText("2 members")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: /^Remove sector/ }).click();
  await expect(page.getByText("3 members")).toBeVisible();
});
