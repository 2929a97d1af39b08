import { violations } from "../harness/axe.ts";
import { expect, type Page, PHONE, test, type World } from "../harness/index.ts";

const MATCHMAKING =
  "<parvis-direct-messages matchmaking contact-requests></parvis-direct-messages>";
const MEMBERS =
  "<parvis-members matchmaking></parvis-members><parvis-messenger></parvis-messenger>";

const row = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("button", { name, exact: true }) });
const heading = (page: Page) => page.getByRole("heading", { name: "Suggestions for you" });

/** The organizers change the settings. */
type Configure = (patch: object) => Promise<unknown>;

async function people(world: World): Promise<Configure> {
  const operator = world.server.operator();
  const configure: Configure = async (patch) => (await operator)("/settings", "PATCH", patch);
  await configure({ features: { matchmaking: true } });
  await world.api("bob", "/me", "PATCH", {
    interests: ["Bees", "Wood", "Chess"],
    offers: ["Money"],
  });
  await world.api("cleo", "/me", "PATCH", { interests: ["Bees"] });
  await world.api("dora", "/me", "PATCH", { interests: ["Sailing"] });
  return configure;
}

test("an invitation, then interests, then people with the reasons in words", async ({ world }) => {
  await people(world);
  await world.known("ada");
  const ada = await world.visit("ada", MATCHMAKING);
  await expect(heading(ada)).toBeVisible();
  await expect(ada.getByText(/^Say what you are interested in/)).toBeVisible();
  expect(await violations(ada), "the invitation").toEqual([]);
  await ada.getByRole("button", { name: "Add my interests" }).click();
  const theme = ada.getByRole("textbox", { name: "A theme" });
  for (const name of ["Bees", "Wood", "Money"]) {
    await theme.fill(name);
    await theme.press("Enter");
    await expect(ada.getByRole("group", { name })).toBeVisible();
  }
  const money = ada.getByRole("group", { name: "Money" });
  const says = async (name: string, on: boolean) => {
    const button = money.getByRole("button", { name });
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", String(on));
    await expect(button).toBeFocused();
  };
  await says("Interested", false);
  await says("I look for", true);
  expect(await violations(ada), "the choice of interests").toEqual([]);

  const bob = row(ada, "Bob");
  await expect(bob.getByText("Offers what you look for: Money")).toBeVisible();
  await expect(bob.getByText("2 shared interests: Wood and Bees")).toBeVisible();
  await expect(row(ada, "Cleo").getByText("1 shared interest: Bees")).toBeVisible();
  await expect(row(ada, "Dora").getByText("shared interest")).toHaveCount(0);
  expect(await violations(ada), "suggestions").toEqual([]);
});

test("writing, asking, and not for me with the way back", async ({ world }) => {
  await people(world);
  await world.api("ada", "/me", "PATCH", { interests: ["Bees"] });
  const ada = await world.visit("ada", MATCHMAKING);
  const away = ada.getByRole("button", { name: "Not for me: Cleo" });
  await away.click();
  await expect(ada.getByText("Cleo is no longer suggested")).toBeVisible();
  const undo = ada.getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await undo.press("Enter");
  await expect(away).toBeVisible();
  await away.click();
  await expect(undo).toBeFocused();
  await ada.reload();
  await expect(row(ada, "Bob").getByText("1 shared interest: Bees")).toBeVisible();
  await expect(away).toHaveCount(0);

  await ada.getByRole("button", { name: "Become contacts with Bob" }).click();
  const card = ada.getByRole("dialog", { name: "Profile of Bob" });
  await card.getByRole("button", { name: "Send the request" }).click();
  await expect(card.getByText("Contact request sent")).toBeVisible();
  await card.getByRole("button", { name: "Close" }).click();
  await expect(ada.getByRole("button", { name: "Not for me: Bob" })).toHaveCount(0);
  await ada.getByRole("button", { name: "Message to Bob" }).waitFor({ state: "detached" });
});

test("not for me is taken back later, in the settings", async ({ world }) => {
  await people(world);
  await world.api("ada", "/me", "PATCH", { interests: ["Bees"] });
  const ada = await world.visit("ada", MATCHMAKING);
  for (const name of ["Bob", "Cleo"]) {
    await ada.getByRole("button", { name: `Not for me: ${name}` }).click();
    await expect(ada.getByText(`${name} is no longer suggested`)).toBeVisible();
  }
  await ada.getByRole("button", { name: "Settings" }).click();
  await ada.getByText("Not for me", { exact: true }).click();
  const list = ada.getByRole("list", { name: "Not for me" });
  await expect(list.getByRole("listitem")).toHaveText([/Cleo/, /Bob/]);
  expect(await violations(ada), "of whom one said it").toEqual([]);
  await list.getByRole("button", { name: "Suggest again: Cleo" }).click();
  await expect(list.getByRole("listitem")).toHaveText([/Bob/]);
  const again = list.getByRole("button", { name: "Suggest again: Bob" });
  await expect(again).toBeFocused();
  await expect(ada.getByRole("button", { name: "Not for me: Cleo" })).toBeVisible();
  await again.press("Enter");
  await expect(ada.getByText("You have said “not for me” of nobody.")).toBeVisible();
  await expect(ada.getByRole("button", { name: "Not for me: Bob" })).toBeVisible();
});

test("the site's own themes, by domain", async ({ world }) => {
  const configure = await people(world);
  const themes = [
    { domain: "Land", themes: ["Bees", "Wood"] },
    { domain: "Sea", themes: ["Sailing"] },
  ];
  await configure({ themes });
  await world.known("ada");
  const ada = await world.visit("ada", MATCHMAKING, PHONE);
  await ada.getByRole("button", { name: "Settings" }).click();
  await ada.getByText("Land", { exact: true }).click();
  await ada
    .getByRole("group", { name: "Bees" })
    .getByRole("button", { name: "Interested" })
    .click();
  await expect(ada.getByText("1 chosen")).toBeVisible();
  await expect(ada.getByRole("textbox", { name: "A theme" })).toHaveCount(0);
  expect(await violations(ada), "the site's themes").toEqual([]);
  await ada.getByRole("button", { name: "Back" }).click();
  await expect(ada.getByRole("button", { name: "Message to Cleo" })).toBeVisible();
  await ada.getByRole("button", { name: "Message to Cleo" }).click();
  await expect(ada.getByRole("textbox", { name: /message/i })).toBeVisible();
});

test("under the members, and nowhere without the attribute or the switch", async ({ world }) => {
  const configure = await people(world);
  await world.api("ada", "/me", "PATCH", { interests: ["Bees"] });
  const members = await world.visit("ada", MEMBERS);
  await expect(heading(members)).toBeVisible();
  await members.getByRole("button", { name: "Become contacts with Cleo" }).click();
  await expect(members.getByRole("dialog", { name: "Profile of Cleo" })).toBeVisible();
  await members.keyboard.press("Escape");
  expect(await violations(members), "under the members").toEqual([]);
  const plain = await world.visit("ada", "<parvis-direct-messages></parvis-direct-messages>");
  await expect(plain.getByRole("button", { name: /^Bob/ }).first()).toBeVisible();
  await expect(heading(plain)).toHaveCount(0);
  await configure({ features: { matchmaking: false } });
  await expect(heading(members)).toHaveCount(0);
});
