import { violations } from "../harness/axe.ts";
import { BOX, group, info, opened, openInfo, participant, pick } from "../harness/groups.ts";
import { expect, log, online, type Page, row, SECTION, test, writing } from "../harness/index.ts";
import { picture } from "../harness/picture.ts";

/** As far as the name, with these people in it. */
async function making(page: Page, ...names: string[]): Promise<void> {
  await page.getByRole("button", { name: /^Open messages/ }).click();
  await page.getByRole("button", { name: "New chat", exact: true }).first().click();
  await page.getByRole("button", { name: /^New group conversation/ }).click();
  for (const name of names) await pick(page, name).click();
  await page.getByRole("button", { name: "Next" }).click();
}

const naming = (page: Page) => page.getByRole("textbox", { name: "Name of the group" });
const files = (page: Page) => page.locator("parvis-group-picture input");
const shown = (page: Page) => page.locator("parvis-group-picture img");

test("a picture is cut square, sent, seen by everybody, changed and removed", async ({ world }) => {
  await world.known("ada", "bob");
  const ada = await world.visit("ada", BOX);
  const bob = await world.visit("bob", SECTION);
  await online(bob);
  await making(ada, "Bob");
  await files(ada).setInputFiles({ name: "wide.png", mimeType: "image/png", buffer: picture() });
  const crop = ada.getByRole("dialog", { name: "Choose the part to show" });
  await expect(crop).toBeVisible();
  expect(await violations(ada), "crop").toEqual([]);
  // By keyboard: closer, and to the right end, which is blue; the left end is red.
  const area = crop.getByRole("application", { name: "Part of the picture" });
  await area.focus();
  for (let press = 0; press < 6; press += 1) await area.press("+");
  for (let press = 0; press < 60; press += 1) await area.press("ArrowRight");
  const sent = ada.waitForRequest((request) => request.url().includes("/pictures?"));
  await crop.getByRole("button", { name: "Use this picture" }).click();
  const asked = new URL((await sent).url()).searchParams;
  const [x, size] = [Number(asked.get("x")), Number(asked.get("size"))];
  expect(size).toBeLessThan(200);
  expect(x + size).toBe(400);
  await expect(shown(ada)).toBeVisible();
  await naming(ada).fill("Pictured");
  await ada.getByRole("button", { name: "Create" }).click();
  await expect(writing(ada)).toBeVisible();
  const small = row(bob, "Pictured").locator("img");
  await expect(small).toHaveAttribute("src", /\/pictures\//);
  const first = await small.getAttribute("src");
  const [red, blue] = await small.evaluate(async (image: HTMLImageElement) => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d");
    pen?.drawImage(await createImageBitmap(await (await fetch(image.src)).blob()), 0, 0, 1, 1);
    const [r = 0, , b = 0] = pen?.getImageData(0, 0, 1, 1).data ?? [];
    return [r, b];
  });
  expect(blue).toBeGreaterThan(red ?? 0);

  // Changed by mouse, then removed; each is told.
  await openInfo(ada, "Pictured");
  await info(ada).getByRole("button", { name: "Change the picture" }).click();
  await expect(ada.getByRole("menuitem", { name: "Choose another picture" })).toBeVisible();
  await ada.keyboard.press("Escape");
  await files(ada).setInputFiles({ name: "wide.png", mimeType: "image/png", buffer: picture() });
  const box = await crop.locator(".area").boundingBox();
  if (!box) throw new Error("no area");
  await ada.mouse.move(box.x + 50, box.y + 50);
  await ada.mouse.down();
  await ada.mouse.move(box.x + 250, box.y + 50, { steps: 4 });
  await ada.mouse.up();
  await crop.getByRole("button", { name: "Use this picture" }).click();
  await row(bob, "Pictured").click();
  await expect(log(bob).getByText("Ada changed the group’s picture")).toBeVisible();
  await expect(small).not.toHaveAttribute("src", first ?? "");
  await info(ada).getByRole("button", { name: "Change the picture" }).click();
  await ada.getByRole("menuitem", { name: "Remove the picture" }).click();
  await expect(log(bob).getByText("Ada removed the group’s picture")).toBeVisible();
  await expect(small).toHaveCount(0);
});

test("what is no picture is refused with a sentence, in place, and nothing else is lost", async ({
  world,
}) => {
  // Two files of 11 MB go through the browser.
  test.setTimeout(120_000);
  await world.known("bob");
  const ada = await world.visit("ada", BOX);
  await making(ada, "Bob");
  await naming(ada).fill("Kept");
  const bad = [
    {
      name: "letter.png",
      mimeType: "image/png",
      buffer: Buffer.from("Dear Ada, this is no picture."),
    },
    { name: "cut.png", mimeType: "image/png", buffer: picture().subarray(0, 60) },
    { name: "huge.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(11 * 1024 * 1024, 1) },
  ];
  for (const file of bad) {
    await files(ada).setInputFiles(file);
    const said = ada.locator("parvis-group-picture").getByRole("alert");
    await expect(said, file.name).toHaveText(/\S{3}/);
    await expect(said, file.name).not.toHaveText(/wrong|not fit/);
    expect(await violations(ada), file.name).toEqual([]);
  }
  await expect(ada.getByRole("dialog", { name: "Choose the part" })).toHaveCount(0);
  await expect(naming(ada)).toHaveValue("Kept");
  // Too heavy to send, and a picture: it is made small first.
  const heavy = Buffer.concat([picture(), Buffer.alloc(11 * 1024 * 1024)]);
  await files(ada).setInputFiles({ name: "heavy.png", mimeType: "image/png", buffer: heavy });
  await ada.getByRole("button", { name: "Use this picture" }).click();
  await expect(shown(ada)).toBeVisible();
  await ada.getByRole("button", { name: "Create" }).click();
  await expect(writing(ada)).toBeVisible();
});

test("a name is 1 to 80 characters, and what is wrong with another is said", async ({ world }) => {
  await world.known("bob");
  const ada = await world.visit("ada", BOX);
  await making(ada, "Bob");
  const create = ada.getByRole("button", { name: "Create" });
  const said = ada.getByRole("alert");
  for (const empty of ["", "   "]) {
    await naming(ada).fill(empty);
    await create.click();
    await expect(said.filter({ hasText: "Give the group a name." })).toBeVisible();
    await expect(naming(ada)).toBeFocused();
  }
  for (const [text, over] of [
    ["x".repeat(81), "1 character too many"],
    ["x".repeat(4000), "3,920 characters too many"],
  ] as const) {
    await naming(ada).fill(text);
    await expect(said.filter({ hasText: over })).toBeVisible();
    await create.click();
    await expect(naming(ada)).toBeFocused();
  }
  expect(await violations(ada), "too long").toEqual([]);
  const most = "🚆".repeat(80);
  await naming(ada).fill(`  ${most} `);
  await expect(ada.getByText("80 of 80")).toBeVisible();
  await create.click();
  await expect(writing(ada)).toBeVisible();
  await expect(row(ada, most).or(ada.getByRole("heading", { name: most }))).toBeVisible();
  // And as long is refused as a new name, before it is sent.
  await openInfo(ada, most);
  await info(ada).getByRole("button", { name: "Rename the group" }).click();
  await naming(ada).fill("x".repeat(81));
  await naming(ada).press("Enter");
  await expect(said.filter({ hasText: "1 character too many" })).toBeVisible();
  await naming(ada).press("Escape");
  await expect(info(ada).getByText(most)).toBeVisible();
  await expect(info(ada).getByRole("button", { name: "Rename the group" })).toBeFocused();
});

test("somebody whom one has blocked can't be picked; adding a blocker shows nothing of it", async ({
  world,
}) => {
  await world.known("ada", "bob", "carla", "dan");
  await world.block("ada", "bob");
  await world.block("carla", "ada");
  const ada = await world.visit("ada", SECTION);
  const carla = await world.visit("carla", SECTION);
  await online(carla);
  await ada.getByRole("button", { name: "New chat", exact: true }).first().click();
  await ada.getByRole("button", { name: /^New group conversation/ }).click();
  await expect(pick(ada, "Dan")).toBeVisible();
  await expect(pick(ada, "Bob")).toHaveCount(0);
  await ada.getByRole("searchbox", { name: "Search people", exact: true }).fill("Bob");
  await expect(ada.getByText("Nobody found")).toBeVisible();
  await ada.getByRole("searchbox", { name: "Search people", exact: true }).fill("");
  for (const name of ["Carla", "Dan"]) await pick(ada, name).click();
  await ada.getByRole("button", { name: "Next" }).click();
  await naming(ada).fill("Quiet");
  await ada.getByRole("button", { name: "Create" }).click();
  await expect(ada.getByText("3 participants")).toBeVisible();
  await openInfo(ada, "Quiet");
  await expect(participant(ada, "Carla")).toBeVisible();
  // The blocker gets nothing: not now, not with what is said, not on loading again.
  const [id] = await ada
    .locator("parvis-group")
    .evaluateAll((all) =>
      all.map((one) => (one as HTMLElement & { conversation: string }).conversation),
    );
  await world.say("dan", id ?? "", "Anybody?");
  await world.say("dan", await world.conversation("dan", "carla"), "Seen after");
  await expect(row(carla, "Dan")).toContainText("Seen after");
  await expect(row(carla, "Quiet")).toHaveCount(0);
  await carla.reload();
  await expect(row(carla, "Dan")).toBeVisible();
  await expect(row(carla, "Quiet")).toHaveCount(0);
});

test("who can't be added any more is named, and one goes on without them", async ({ world }) => {
  await world.known("ada", "bob", "carla");
  const ada = await world.visit("ada", BOX);
  await making(ada, "Bob", "Carla");
  await naming(ada).fill("Reading");
  await world.api("bob", "/me", "PATCH", { contactable: false });
  await ada.getByRole("button", { name: "Create" }).click();
  await expect(ada.getByRole("alert").filter({ hasText: /^Bob: / })).toBeVisible();
  expect(await violations(ada), "refused").toEqual([]);
  await ada.getByRole("button", { name: "Go on without this person" }).click();
  await expect(ada.getByText("1 person chosen")).toBeVisible();
  await expect(naming(ada)).toHaveValue("Reading");
  await ada.getByRole("button", { name: "Create" }).click();
  await expect(ada.getByText("2 participants")).toBeVisible();
  // The same when somebody is added later.
  await openInfo(ada, "Reading");
  await world.known("dan");
  await info(ada).getByRole("button", { name: "Add", exact: true }).click();
  await pick(ada, "Dan").click();
  await world.api("dan", "/me", "PATCH", { contactable: false });
  await info(ada).getByRole("button", { name: "Add", exact: true }).click();
  await expect(ada.getByRole("alert").filter({ hasText: /^Dan: / })).toBeVisible();
});

test("switched off while one writes and on again: groups go and come back with what was typed", async ({
  world,
}) => {
  const id = await group(world, "Reading", ["ada", "bob"]);
  const operator = await world.server.operator();
  const features = (change: object) => operator("/settings", "PATCH", { features: change });
  const ada = await world.visit("ada", SECTION);
  await opened(ada, id);
  await writing(ada).fill("Half a sent");
  await features({ member_chat: false });
  await expect(writing(ada)).toHaveCount(0);
  await expect(
    ada.getByText("Messages between members are switched off at the moment."),
  ).toBeVisible();
  await expect(row(ada, "Reading")).toHaveCount(0);
  await features({ member_chat: true });
  await expect(writing(ada)).toHaveValue("Half a sent");
  await expect(row(ada, "Reading")).toBeVisible();
  await openInfo(ada, "Reading");
  const rename = info(ada).getByRole("button", { name: "Rename the group" });
  await expect(rename).toBeVisible();
  // No way to make or change one while groups are off; talking in those that exist stays.
  await features({ groups: false });
  await expect(rename).toHaveCount(0);
  await ada.getByRole("button", { name: "New chat", exact: true }).first().click();
  await expect(ada.getByRole("button", { name: /^New group conversation/ })).toHaveCount(0);
  await features({ groups: true });
  await expect(ada.getByRole("button", { name: /^New group conversation/ })).toBeVisible();
});

test("by keyboard alone: people picked, taken back, the group made and left", async ({ world }) => {
  await world.known("bob", "carla", "dan");
  const page = await world.visit("ada", BOX);
  await online(page);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.getByRole("button", { name: /^Open messages/ }).focus();
  await press("Enter");
  await page.getByRole("button", { name: "New chat", exact: true }).first().focus();
  await press("Enter");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await press("Tab");
  await expect(page.getByRole("button", { name: /^New group conversation/ })).toBeFocused();
  await press("Enter");
  const search = page.getByRole("searchbox", { name: "Search people", exact: true });
  await expect(search).toBeFocused();
  await expect(pick(page, "Bob")).toBeVisible();
  await press("ArrowDown");
  await expect(pick(page, "Bob")).toBeFocused();
  await press("Enter", "ArrowDown", " ");
  await expect(page.getByText("2 people chosen")).toBeVisible();
  await press("Home", "ArrowUp");
  await expect(search).toBeFocused();
  await press("Backspace");
  await expect(pick(page, "Carla")).toHaveAttribute("aria-checked", "false");
  await page.keyboard.type("dan");
  await expect(pick(page, "Bob")).toHaveCount(0);
  await press("Enter");
  await expect(page.getByText("2 people chosen")).toBeVisible();
  await expect(search).toHaveValue("");
  const chosen = page.getByRole("list", { name: "Chosen people" });
  await chosen.getByRole("button", { name: "Bob" }).focus();
  await expect(chosen.getByRole("button", { name: "Bob" })).toHaveAccessibleDescription(
    "Remove Bob",
  );
  await press("Enter");
  await expect(chosen.getByRole("button", { name: "Dan" })).toBeFocused();
  await page.getByRole("button", { name: "Next" }).focus();
  await press("Enter");
  await expect(naming(page)).toBeFocused();
  await page.keyboard.type("Keys");
  await press("Enter");
  await expect(writing(page)).toBeFocused();
  await page.getByRole("button", { name: "Actions for Keys" }).focus();
  await press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.getByRole("menuitem", { name: "Leave the group" }).focus();
  await press("Enter");
  await expect(page.getByRole("dialog", { name: "Leave “Keys”?" })).toBeVisible();
  await press("Escape");
  await expect(page.getByRole("dialog", { name: "Leave “Keys”?" })).toHaveCount(0);
  await expect(page.getByRole("log")).toBeVisible();
});
