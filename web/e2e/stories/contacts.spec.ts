import { violations } from "../harness/axe.ts";
import type { Page } from "../harness/index.ts";
import { expect, online, PHONE, row, SECTION, send, test, type World } from "../harness/index.ts";

const MEMBERS = "<parvis-members></parvis-members><parvis-messenger></parvis-messenger>";

const members = (page: Page) => page.getByRole("region", { name: "Members" });
const card = (page: Page, name: string) => page.getByRole("dialog", { name: `Profile of ${name}` });
const requests = (page: Page) => page.getByRole("button", { name: /^Contact requests/ });

async function profile(page: Page, name: string): Promise<void> {
  await members(page)
    .getByRole("button", { name: new RegExp(`^${name}`) })
    .click();
  await expect(card(page, name)).toBeVisible();
}

async function ask(world: World, from: string, to: string, note?: string): Promise<void> {
  const member = await world.member(from, to);
  await world.api(from, "/contact-requests", "POST", { member, note });
}

test("one asks with a note, the other accepts: both see it at once", async ({ world }) => {
  await world.known("ada", "bob");
  const ada = await world.visit("ada", MEMBERS);
  const bob = await world.visit("bob", SECTION);
  await online(bob);
  await expect(requests(bob)).toBeVisible();
  await profile(ada, "Bob");
  await card(ada, "Bob").getByRole("button", { name: "Ask to become contacts" }).click();
  const note = card(ada, "Bob").getByRole("textbox", { name: "A note (optional)" });
  await expect(note).toBeFocused();
  await note.fill("We met at the round table.\nAda");
  expect(await violations(ada), "the form").toEqual([]);
  await card(ada, "Bob").getByRole("button", { name: "Send the request" }).click();
  await expect(card(ada, "Bob").getByText("Contact request sent")).toBeVisible();

  await expect(requests(bob)).toHaveAccessibleName("Contact requests, 1 waits for your answer");
  await requests(bob).click();
  await expect(bob.getByText("We met at the round table.")).toBeVisible();
  expect(await violations(bob), "the box").toEqual([]);
  await bob.getByRole("button", { name: "Accept the request of Ada" }).click();
  await expect(bob.getByText("Ada is now one of your contacts")).toBeVisible();
  await expect(requests(bob)).toHaveAccessibleName("Contact requests");
  await expect(bob.getByText("No requests", { exact: true })).toBeVisible();
  await expect(card(ada, "Bob").getByText("Contact", { exact: true })).toBeVisible();
});

test("an answer by accident is undone, by keyboard too", async ({ world }) => {
  await world.known("ada", "bob");
  await ask(world, "ada", "bob");
  const bob = await world.visit("bob", SECTION);
  await requests(bob).click();
  const accept = bob.getByRole("button", { name: "Accept the request of Ada" });
  const decline = bob.getByRole("button", { name: "Decline the request of Ada" });
  await decline.click();
  await expect(bob.getByText("Request of Ada declined")).toBeVisible();
  await expect(decline).toHaveCount(0);
  const undo = bob.getByRole("button", { name: "Undo" });
  await undo.focus();
  await undo.press("Enter");
  await expect(accept).toBeVisible();
  await accept.click();
  await expect(bob.getByText("Ada is now one of your contacts")).toBeVisible();
  await expect(accept).toHaveCount(0);
  await bob.keyboard.press("Control+z");
  await expect(accept).toBeVisible();
});

test("a refusal does not show, and who asked can take it back", async ({ world }) => {
  await world.known("ada", "bob");
  await ask(world, "ada", "bob");
  const ada = await world.visit("ada", MEMBERS);
  const bob = await world.visit("bob", SECTION);
  await requests(bob).click();
  await bob.getByRole("button", { name: "Decline the request of Ada" }).click();
  await expect(bob.getByText("No requests", { exact: true })).toBeVisible();
  await profile(ada, "Bob");
  await expect(card(ada, "Bob").getByText("Contact request sent")).toBeVisible();
  await card(ada, "Bob").getByRole("button", { name: "Cancel the request" }).click();
  await expect(card(ada, "Bob").getByText("Contact request sent")).toBeHidden();
});

test("taken back, a request leaves the other's box at once", async ({ world }) => {
  await world.known("ada", "bob");
  await ask(world, "ada", "bob");
  const ada = await world.visit("ada", SECTION);
  const bob = await world.visit("bob", SECTION);
  await requests(bob).click();
  await expect(bob.getByRole("button", { name: "Accept the request of Ada" })).toBeVisible();
  await requests(ada).click();
  await ada.getByRole("button", { name: "Sent", exact: true }).click();
  await ada.getByRole("button", { name: "Cancel the request to Bob" }).click();
  await expect(ada.getByText("Request to Bob taken back")).toBeVisible();
  await expect(bob.getByText("No requests", { exact: true })).toBeVisible();
  await expect(requests(bob)).toHaveAccessibleName("Contact requests");
});

test("answered on the profile; contacts are marked, filtered, and part again", async ({
  world,
}) => {
  await world.known("ada", "bob", "carla");
  await ask(world, "ada", "bob", "Shall we?");
  const bob = await world.visit("bob", MEMBERS);
  await profile(bob, "Ada");
  await expect(card(bob, "Ada").getByText("Ada asks to become your contact.")).toBeVisible();
  await card(bob, "Ada").getByRole("button", { name: "Accept" }).click();
  await expect(card(bob, "Ada").getByText("Contact", { exact: true })).toBeVisible();
  await card(bob, "Ada").getByRole("button", { name: "Close" }).click();

  await members(bob).getByRole("button", { name: "My contacts" }).click();
  await expect(members(bob).getByRole("listitem")).toHaveCount(1);
  await expect(members(bob).getByText("Ada", { exact: true })).toBeVisible();
  await profile(bob, "Ada");
  await card(bob, "Ada").getByRole("button", { name: "Actions for Ada" }).click();
  await bob.getByRole("menuitem", { name: "Remove from my contacts" }).click();
  await bob.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(members(bob).getByText("No contacts yet")).toBeVisible();
});

test("three at once: a contact writes to somebody who takes no new conversations, a stranger can't", async ({
  world,
}) => {
  await world.known("ada", "bob", "carla");
  const bob = await world.visit("bob", SECTION);
  const ada = await world.visit("ada", MEMBERS);
  const carla = await world.visit("carla", MEMBERS);
  for (const page of [ada, bob, carla]) await online(page);
  for (const page of [ada, carla]) {
    await profile(page, "Bob");
    await card(page, "Bob").getByRole("button", { name: "Ask to become contacts" }).click();
    await card(page, "Bob").getByRole("button", { name: "Send the request" }).click();
    await expect(card(page, "Bob").getByText("Contact request sent")).toBeVisible();
  }
  await requests(bob).click();
  await expect(requests(bob)).toHaveAccessibleName("Contact requests, 2 wait for your answer");
  await bob.getByRole("button", { name: "Accept the request of Ada" }).click();
  await bob.getByRole("button", { name: "Decline the request of Carla" }).click();
  await bob.getByRole("button", { name: "My settings" }).click();
  await bob.getByRole("switch", { name: "Allow users to contact me" }).click();
  // The stranger's button goes, without a reason that would tell of the refusal; the contact's stays.
  await expect(card(carla, "Bob").getByRole("button", { name: "Send a message" })).toHaveCount(0);
  await expect(card(carla, "Bob").getByText("Contact request sent")).toBeVisible();
  await card(ada, "Bob").getByRole("button", { name: "Send a message" }).click();
  await send(ada, "As a contact");
  await expect(row(bob, "Ada")).toContainText("As a contact");
});

test("who asks again too soon is told when", async ({ world }) => {
  await world.known("ada", "bob");
  await ask(world, "ada", "bob");
  const ada = await world.visit("ada", MEMBERS);
  await profile(ada, "Bob");
  await card(ada, "Bob").getByRole("button", { name: "Cancel the request" }).click();
  await card(ada, "Bob").getByRole("button", { name: "Ask to become contacts" }).click();
  await card(ada, "Bob").getByRole("textbox").fill("Please");
  await card(ada, "Bob").getByRole("button", { name: "Send the request" }).click();
  await expect(card(ada, "Bob").getByRole("alert")).toContainText("You can ask again in 7 days");
  // What was typed is still there.
  await expect(card(ada, "Bob").getByRole("textbox")).toHaveValue("Please");
});

test("the site's switch takes requests away at once, and gives them back", async ({ world }) => {
  const operator = await world.server.operator();
  await world.known("ada", "bob");
  await ask(world, "bob", "ada");
  const ada = await world.visit("ada", MEMBERS + SECTION);
  await online(ada);
  await expect(requests(ada)).toBeVisible();
  await operator("/settings", "PATCH", { features: { contact_requests: false } });
  await expect(requests(ada)).toHaveCount(0);
  await expect(members(ada).getByRole("button", { name: "My contacts" })).toHaveCount(0);
  await operator("/settings", "PATCH", { features: { contact_requests: true } });
  await expect(requests(ada)).toHaveAccessibleName(/1 waits/);
});

test("the section asks only where its page says so", async ({ world }) => {
  await world.known("ada", "bob");
  const without = await world.visit("ada", "<parvis-direct-messages></parvis-direct-messages>");
  await expect(without.getByRole("button", { name: /^Bob/ })).toBeVisible();
  await expect(requests(without)).toHaveCount(0);
  await without.getByRole("button", { name: "Actions for Bob" }).click();
  await expect(without.getByRole("menuitem", { name: "See the profile" })).toBeVisible();
  await expect(without.getByRole("menuitem", { name: "Ask to become contacts" })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const)
  test(`on a phone in French, ${colorScheme}`, async ({ world }) => {
    await world.known("ada", "bob");
    await ask(world, "ada", "bob", "Un mot");
    const bob = await world.visit("bob", "<parvis-messenger></parvis-messenger>", {
      ...PHONE,
      colorScheme,
      locale: "fr-FR",
    });
    await bob.getByRole("button", { name: /^Ouvrir les messages/ }).click();
    await bob.getByRole("button", { name: "Demandes de contact, 1 attend votre réponse" }).click();
    await expect(bob.getByText("Un mot")).toBeVisible();
    expect(await violations(bob), "box").toEqual([]);
    await bob.getByRole("button", { name: /^Ada/ }).click();
    const shown = bob.getByRole("dialog", { name: "Profil de Ada" });
    await expect(shown.getByText("Un mot")).toBeVisible();
    expect(await violations(bob), "profile").toEqual([]);
    await shown.getByRole("button", { name: "Accepter" }).click();
    await expect(shown.getByText("Contact", { exact: true })).toBeVisible();
    await shown.getByRole("button", { name: "Fermer" }).click();
    await expect(bob.getByText("Aucune demande", { exact: true })).toBeVisible();
  });
