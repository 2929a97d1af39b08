import { violations } from "../harness/axe.ts";
import {
  expect,
  log,
  menuOf,
  online,
  type Page,
  PHONE,
  row,
  SECTION,
  send,
  test,
  type World,
  writing,
} from "../harness/index.ts";

const open = async (page: Page, name: string) => {
  await row(page, name).click();
  await expect(log(page)).toBeVisible();
};

/** Ada and Bob have talked; Carla wrote to Ada too. */
async function talked(world: World): Promise<string> {
  await world.known("ada", "bob", "carla");
  const id = await world.conversation("bob", "ada");
  await world.say("bob", id, "Before");
  const other = await world.conversation("carla", "ada");
  await world.say("carla", other, "Hello from Carla");
  await world.say("bob", id, "And again");
  return id;
}

test("a block from the row: last, greyed, silent, until it ends; what was typed stays", async ({
  world,
}) => {
  const id = await talked(world);
  const ada = await world.visit("ada", SECTION);
  const bob = await world.visit("bob", SECTION);
  await online(ada);
  await open(ada, "Bob");
  await writing(ada).fill("Half a sentence");
  await menuOf(ada, "Bob", "Block");
  await expect(ada.getByText("You have blocked Bob. They are not told.")).toBeVisible();
  await expect(writing(ada)).toHaveCount(0);
  await expect(ada.getByText("You have blocked this person. Unblock them")).toBeVisible();
  await expect(row(ada, "Bob")).toHaveClass(/blocked/);
  const names = ada.getByRole("list", { name: "Conversations" }).locator(".name");
  await expect(names).toHaveText(["Carla", "Bob"]);
  expect(await violations(ada), "blocked").toEqual([]);

  // Bob sees what he would see of somebody who is away.
  await open(bob, "Ada");
  await send(bob, "Are you there?");
  await expect(log(bob).getByText("Sent", { exact: true })).toBeVisible();
  await expect(bob.getByText("connected")).toHaveCount(0);
  const seen = await world.api("ada", `/conversations/${id}`, "GET");
  expect(seen).toMatchObject({ blocked: true, unread: 0 });
  await expect(log(ada).getByText("Are you there?")).toHaveCount(0);

  await ada.getByRole("button", { name: "Unblock", exact: true }).click();
  await expect(writing(ada)).toHaveValue("Half a sentence");
  await expect(writing(ada)).toBeFocused();
  await expect(log(ada).getByText("Are you there?")).toBeVisible();
  await expect(row(ada, "Bob")).not.toHaveClass(/blocked/);
  await expect(names).toHaveText(["Bob", "Carla"]);
});

test("a block is undone from the toast, and is the same in every tab", async ({ world }) => {
  await talked(world);
  const ada = await world.visit("ada", SECTION);
  const other = await ada.context().newPage();
  await other.goto(ada.url());
  await expect(row(other, "Bob")).toBeVisible();
  await online(other);
  await ada.bringToFront();
  await row(ada, "Bob").hover();
  await ada.getByRole("button", { name: "Actions for Bob" }).click();
  await ada.getByRole("menuitem", { name: "Block" }).click();
  await expect(row(other, "Bob")).toHaveClass(/blocked/);
  await ada.getByRole("button", { name: "Undo" }).click();
  await expect(row(ada, "Bob")).not.toHaveClass(/blocked/);
  await expect(row(other, "Bob")).not.toHaveClass(/blocked/);
});

test("blocked and deleted, somebody is still unblocked from the settings", async ({ world }) => {
  await talked(world);
  const ada = await world.visit("ada", SECTION);
  await menuOf(ada, "Bob", "Block");
  await expect(row(ada, "Bob")).toHaveClass(/blocked/);
  await row(ada, "Bob").press("Delete");
  await expect(row(ada, "Bob")).toHaveCount(0);
  await ada.getByRole("button", { name: "My settings" }).click();
  await expect(ada.getByRole("heading", { name: "Blocked members" })).toBeVisible();
  expect(await violations(ada), "settings").toEqual([]);
  await ada.getByRole("button", { name: "Unblock Bob" }).click();
  await expect(ada.getByText("You have blocked nobody.")).toBeVisible();
  const { relation } = (await world.api("ada", "/members/@bob", "GET")) as {
    relation: { blocked: boolean };
  };
  expect(relation.blocked).toBe(false);
});

test("the list of blocked members follows what another window does", async ({ world }) => {
  await talked(world);
  const ada = await world.visit("ada", SECTION);
  await online(ada);
  await ada.getByRole("button", { name: "My settings" }).click();
  await expect(ada.getByText("You have blocked nobody.")).toBeVisible();
  await world.block("ada", "carla");
  await expect(ada.getByRole("button", { name: "Unblock Carla" })).toBeVisible();
  await world.block("ada", "carla", false);
  await expect(ada.getByText("You have blocked nobody.")).toBeVisible();
});

test("from the profile: block, and the way back", async ({ world }) => {
  await talked(world);
  const ada = await world.visit("ada", SECTION);
  await open(ada, "Bob");
  await ada.getByRole("log").waitFor();
  await ada.locator("parvis-conversation").getByRole("button", { name: "Actions for Bob" }).click();
  await ada.getByRole("menuitem", { name: "See the profile" }).click();
  const card = ada.getByRole("dialog", { name: "Profile of Bob" });
  await card.getByRole("button", { name: "Actions for Bob" }).click();
  await ada.getByRole("menuitem", { name: "Block" }).click();
  await expect(card.getByText("You have blocked this person.")).toBeVisible();
  await expect(card.getByRole("button", { name: "Send a message" })).toHaveCount(0);
  expect(await violations(ada), "card").toEqual([]);
  await card.getByRole("button", { name: "Unblock", exact: true }).click();
  await expect(card.getByRole("button", { name: "Send a message" })).toBeVisible();
});

test("to write to somebody whom one has blocked, one is asked, and unblocks", async ({ world }) => {
  await world.known("ada", "bob");
  await world.block("ada", "bob");
  const ada = await world.visit("ada", "<parvis-messenger></parvis-messenger>");
  await ada.getByRole("button", { name: /^Open messages/ }).click();
  await ada.getByRole("button", { name: "New chat", exact: true }).first().click();
  await ada.getByRole("button", { name: /^Bob/ }).click();
  const question = ada.getByRole("dialog", { name: "Unblock Bob to write to them?" });
  await expect(question).toBeVisible();
  expect(await violations(ada), "question").toEqual([]);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(writing(ada)).toHaveCount(0);
  await ada.getByRole("button", { name: /^Bob/ }).click();
  await question.getByRole("button", { name: "Unblock and write" }).click();
  await expect(writing(ada)).toBeVisible();
  // The page's own code is asked in the same way.
  await world.block("ada", "bob");
});

test("in a group, what a blocked member says is folded until one wants to see it", async ({
  world,
}) => {
  await world.known("ada", "bob", "carla");
  const operator = await world.server.operator();
  const members = await Promise.all(
    ["ada", "bob", "carla"].map((login) => world.member(login === "ada" ? "bob" : "ada", login)),
  );
  const group = (await operator("/conversations", "POST", {
    kind: "group",
    name: "Reading",
    members,
  })) as { id: string };
  await world.block("ada", "bob");
  await world.say("bob", group.id, "Something loud");
  await world.say("carla", group.id, "Something quiet");
  const ada = await world.visit("ada", SECTION);
  await online(ada);
  await open(ada, "Reading");
  await expect(log(ada).getByText("Something quiet")).toBeVisible();
  const folded = log(ada).getByRole("button", { name: /Message from a blocked member/ });
  await expect(folded).toBeVisible();
  await expect(ada.getByText("Something loud")).toHaveCount(0);
  await world.say("bob", group.id, "Louder");
  await expect(folded).toHaveCount(2);
  await expect(row(ada, "Reading")).toContainText("Message from a blocked member");
  expect(await violations(ada), "folded").toEqual([]);
  await folded.first().press("Enter");
  await expect(log(ada).getByText("Something loud")).toBeVisible();
  await world.block("ada", "bob", false);
  await expect(log(ada).getByText("Louder")).toBeVisible();
});

test("a phone in French and dark: the reason, and the way back", async ({ world }) => {
  const id = await talked(world);
  await world.block("ada", "bob");
  const ada = await world.visit("ada", "<parvis-messenger></parvis-messenger>", {
    ...PHONE,
    colorScheme: "dark",
    locale: "fr-FR",
  });
  await expect(ada.getByRole("button", { name: /^Ouvrir les messages/ })).toBeVisible();
  await ada.evaluate((conversation) => {
    type Page = { parvis: { open(target: object): Promise<void> } };
    return (window as unknown as Page).parvis.open({ conversation });
  }, id);
  await expect(ada.getByText("Vous avez bloqué cette personne.")).toBeVisible();
  expect(await violations(ada)).toEqual([]);
  await ada.getByRole("button", { name: "Débloquer" }).tap();
  await expect(ada.getByRole("textbox", { name: "Message à Bob" })).toBeVisible();
  await ada.getByRole("button", { name: "Actions pour Bob" }).tap();
  await ada.getByRole("menuitem", { name: "Voir le profil" }).tap();
  const card = ada.getByRole("dialog", { name: "Profil de Bob" });
  await expect(card.getByRole("button", { name: "Envoyer un message" })).toBeVisible();
  expect(await violations(ada), "card").toEqual([]);
  await card.getByRole("button", { name: "Fermer" }).tap();
  await expect(card).toHaveCount(0);
});
