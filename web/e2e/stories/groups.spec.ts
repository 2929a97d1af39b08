import { violations } from "../harness/axe.ts";
import { BOX, doing, group, info, opened, openInfo, participant, pick } from "../harness/groups.ts";
import { expect, log, online, PHONE, row, SECTION, send, test, writing } from "../harness/index.ts";

test("a group's life, from its making to the last one leaving, in four windows", async ({
  world,
}) => {
  test.setTimeout(120_000);
  await world.known("ada", "bob", "carla", "dan");
  const ada = await world.visit("ada", BOX);
  const bob = await world.visit("bob", SECTION);
  const carla = await world.visit("carla", BOX);
  const dan = await world.visit("dan", SECTION);
  for (const page of [bob, carla, dan]) await online(page);

  // Made: who, then what it is called.
  await ada.getByRole("button", { name: /^Open messages/ }).click();
  await ada.getByRole("button", { name: "New chat", exact: true }).first().click();
  await ada.getByRole("button", { name: /^New group conversation/ }).click();
  await expect(ada.getByRole("searchbox", { name: "Search people" })).toBeFocused();
  await expect(ada.getByRole("button", { name: "Next" })).toBeDisabled();
  await pick(ada, "Bob").click();
  await pick(ada, "Carla").click();
  await expect(ada.getByText("2 people chosen")).toBeVisible();
  await ada.getByRole("button", { name: "Next" }).click();
  const name = ada.getByRole("textbox", { name: "Name of the group" });
  await expect(name).toBeFocused();
  await name.fill("Reading on Saturday");
  await ada.getByRole("button", { name: "Create" }).click();
  await expect(writing(ada)).toBeFocused();
  await expect(log(ada).getByText("You created the group “Reading on Saturday”")).toBeVisible();
  await expect(ada.getByText("3 participants")).toBeVisible();

  // The others have it at once, and everybody hears everybody.
  await row(bob, "Reading on Saturday").click();
  await expect(log(bob).getByText("Ada created the group “Reading on Saturday”")).toBeVisible();
  await send(bob, "Shall we begin at ten?");
  await expect(log(ada).getByText("Shall we begin at ten?")).toBeVisible();
  await carla.getByRole("button", { name: /^Open messages, [0-9]+ unread/ }).click();
  await row(carla, "Reading on Saturday").click();
  await expect(log(carla).getByText("Shall we begin at ten?")).toBeVisible();

  // Renamed and grown: everybody sees it happen.
  await openInfo(ada, "Reading on Saturday");
  await ada.getByRole("button", { name: "Rename the group" }).click();
  await ada.getByRole("textbox", { name: "Name of the group" }).fill("Reading on Sunday");
  await ada.getByRole("textbox", { name: "Name of the group" }).press("Enter");
  await expect(bob.getByRole("heading", { name: "Reading on Sunday" })).toBeVisible();
  await expect(log(bob).getByText("Ada named the group “Reading on Sunday”")).toBeVisible();
  await info(ada).getByRole("button", { name: "Add", exact: true }).click();
  await pick(ada, "Dan").click();
  await expect(pick(ada, "Bob")).toHaveCount(0);
  await info(ada).getByRole("button", { name: "Add", exact: true }).click();
  await expect(participant(ada, "Dan")).toBeVisible();
  await expect(log(carla).getByText("Ada added Dan")).toBeVisible();
  await row(dan, "Reading on Sunday").click();
  await expect(log(dan).getByText("Ada added you")).toBeVisible();
  // What newcomers see of the past was left at everything.
  await expect(log(dan).getByText("Shall we begin at ten?")).toBeVisible();

  // Carla is taken out: her window closes the conversation with a sentence.
  await doing(ada, "Carla", "Remove from the group");
  await ada
    .getByRole("dialog", { name: "Remove Carla" })
    .getByRole("button", { name: "Remove" })
    .click();
  await expect(carla.getByText("You are no longer in this group")).toBeVisible();
  await expect(writing(carla)).toHaveCount(0);
  await expect(log(bob).getByText("Ada removed Carla")).toBeVisible();

  // The last admin leaves and names who looks after it; then the others, one by one.
  await info(ada).getByRole("button", { name: "Leave" }).click();
  const leaving = ada.getByRole("dialog", { name: "Leave “Reading on Sunday”?" });
  await leaving.getByRole("radio", { name: "Dan" }).check();
  await leaving.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(ada.getByText("You have left “Reading on Sunday”")).toBeVisible();
  await expect(row(ada, "Reading on Sunday")).toHaveCount(0);
  await expect(log(dan).getByText("Ada made you admin")).toBeVisible();
  await expect(log(bob).getByText("Ada left the group")).toBeVisible();
  await bob.getByRole("button", { name: "Actions for Reading on Sunday" }).last().click();
  await bob.getByRole("menuitem", { name: "Leave the group" }).click();
  await bob.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
  await expect(row(bob, "Reading on Sunday")).toHaveCount(0);
  await expect(log(dan).getByText("Bob left the group")).toBeVisible();
  await openInfo(dan, "Reading on Sunday");
  await expect(info(dan).getByText("1 participant", { exact: true })).toBeVisible();
  await info(dan).getByRole("button", { name: "Leave" }).click();
  await expect(dan.getByText("the group ends with you")).toBeVisible();
  await dan.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
  await expect(row(dan, "Reading on Sunday")).toHaveCount(0);
});

test("newcomers see everything, or only what is said from when they join", async ({ world }) => {
  const all = await group(world, "Open book", ["ada", "bob"]);
  const late = await group(world, "From now on", ["ada", "bob"], { history: "from_joining" });
  await world.known("carla");
  const carla = await world.member("ada", "carla");
  for (const id of [all, late]) {
    await world.say("bob", id, "Before");
    await world.api("ada", `/conversations/${id}/participants/${carla}`, "PUT");
    await world.say("bob", id, "After");
  }
  const page = await world.visit("carla", SECTION);
  await row(page, "Open book").click();
  await expect(log(page).getByText("After")).toBeVisible();
  await expect(log(page).getByText("Before")).toBeVisible();
  await row(page, "From now on").click();
  await expect(log(page).getByText("After")).toBeVisible();
  await expect(log(page).getByText("Before")).toHaveCount(0);
  await openInfo(page, "From now on");
  await expect(
    info(page).getByText("Newcomers see what is said from when they join"),
  ).toBeVisible();
  // No admin, no tools.
  await expect(info(page).getByRole("button", { name: "Add", exact: true })).toHaveCount(0);
  await expect(info(page).getByRole("button", { name: "Rename the group" })).toHaveCount(0);
});

test("admins are made and unmade, and each sees it and what it lets them do", async ({ world }) => {
  const id = await group(world, "Reading", ["ada", "bob", "carla"]);
  const ada = await world.visit("ada", SECTION);
  const bob = await world.visit("bob", SECTION);
  for (const page of [ada, bob]) await opened(page, id);
  await openInfo(bob, "Reading");
  await participant(bob, "Carla").click();
  await expect(bob.getByRole("menuitem", { name: "Make admin" })).toHaveCount(0);
  await bob.keyboard.press("Escape");
  await openInfo(ada, "Reading");
  expect(await violations(ada), "info").toEqual([]);
  await info(ada).getByRole("button", { name: "Add", exact: true }).click();
  await expect(ada.getByText("Nobody to add")).toBeVisible();
  expect(await violations(ada), "adding").toEqual([]);
  await info(ada).getByRole("button", { name: "Back" }).click();
  await doing(ada, "Bob", "Make admin");
  await expect(participant(ada, "Bob")).toContainText("Admin");
  await expect(info(bob).getByRole("button", { name: "Add", exact: true })).toBeVisible();
  await doing(bob, "Ada", "Remove as admin");
  await expect(info(ada).getByRole("button", { name: "Add", exact: true })).toHaveCount(0);
  await info(ada).getByRole("button", { name: "Back" }).click();
  await expect(log(ada).getByText("Bob removed you as admin")).toBeVisible();
  await expect(log(ada).getByText("You made Bob admin")).toBeVisible();
  // Taken back.
  await bob.getByRole("button", { name: "Undo" }).click();
  await expect(log(ada).getByText("Bob made you admin")).toBeVisible();
});

test("where notices are muted the badge stays quiet, and the row says so", async ({ world }) => {
  const id = await group(world, "Reading", ["ada", "bob"]);
  await world.api("ada", `/conversations/${id}/read`, "POST", { seq: 1 });
  const ada = await world.visit("ada", BOX);
  await online(ada);
  await world.say("bob", id, "One");
  await ada.getByRole("button", { name: "Open messages, 1 unread message" }).click();
  await row(ada, "Reading").press("Shift+F10");
  await ada.getByRole("menuitem", { name: "Mute notifications" }).click();
  await expect(row(ada, "Reading")).toContainText("muted");
  await expect(row(ada, "Reading")).toContainText("1 unread");
  expect(await violations(ada), "muted").toEqual([]);
  const told = ada.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener("parvis-message", () => {
          const badge = document.querySelector("parvis-messenger")?.shadowRoot;
          setTimeout(() => resolve(badge?.querySelector(".corner .count")?.textContent ?? ""));
        });
      }),
  );
  await ada.getByRole("button", { name: "Close messages" }).last().click();
  await world.say("bob", id, "Two");
  expect(await told).toBe("");
  await ada.getByRole("button", { name: "Open messages", exact: true }).click();
  await row(ada, "Reading").press("Shift+F10");
  await ada.getByRole("menuitem", { name: "Unmute notifications" }).click();
  await ada.getByRole("button", { name: "Close messages" }).last().click();
  await expect(ada.getByRole("button", { name: "Open messages, 2 unread messages" })).toBeVisible();
});

test("who has read a message is said of each", async ({ world }) => {
  const id = await group(world, "Reading", ["ada", "bob", "carla"]);
  await world.say("ada", id, "Please read this");
  const ada = await world.visit("ada", SECTION);
  await opened(ada, id);
  const readers = async () => {
    const message = log(ada).getByRole("article").filter({ hasText: "Please read this" });
    await message.focus();
    await message.press("Enter");
    await ada.getByRole("menuitem", { name: "Read by" }).click();
    return ada.getByRole("dialog", { name: "Read by" });
  };
  let dialog = await readers();
  await expect(dialog.getByText("Nobody has read this yet.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  const bob = await world.visit("bob", SECTION);
  await opened(bob, id);
  await expect(log(bob).getByText("Please read this")).toBeVisible();
  await expect(async () => {
    dialog = await readers();
    await expect(dialog.getByRole("listitem"))
      .toContainText(["Bob"], { timeout: 500 })
      .finally(() => dialog.getByRole("button", { name: "Close" }).click());
  }).toPass();
  dialog = await readers();
  expect(await violations(ada), "readers").toEqual([]);
});

test("a phone in French and dark: making a group, and what is in it", async ({ world }) => {
  await world.known("bob", "carla");
  const ada = await world.visit("ada", BOX, { ...PHONE, colorScheme: "dark", locale: "fr-FR" });
  await ada.getByRole("button", { name: /^Ouvrir les messages/ }).tap();
  await ada.getByRole("button", { name: "Nouvelle discussion" }).first().tap();
  await ada.getByRole("button", { name: /^Nouvelle conversation de groupe/ }).tap();
  await pick(ada, "Bob").tap();
  expect(await violations(ada), "picking").toEqual([]);
  await ada.getByRole("button", { name: "Suivant" }).tap();
  await ada.getByRole("textbox", { name: "Nom du groupe" }).fill("Lecture");
  expect(await violations(ada), "naming").toEqual([]);
  await ada.getByRole("button", { name: "Créer" }).tap();
  await expect(log(ada).getByText("Vous avez créé le groupe")).toBeVisible();
  expect(await violations(ada), "conversation").toEqual([]);
  await ada.getByRole("button", { name: "Lecture", exact: true }).tap();
  await expect(ada.getByRole("heading", { name: "Infos du groupe" })).toBeVisible();
  await expect(participant(ada, "Bob")).toBeVisible();
  expect(await violations(ada), "info").toEqual([]);
  await ada.getByRole("button", { name: "Quitter" }).tap();
  await expect(ada.getByRole("dialog", { name: /^Quitter/ }).getByRole("radio")).toHaveCount(2);
  expect(await violations(ada), "leaving").toEqual([]);
  expect(await ada.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
