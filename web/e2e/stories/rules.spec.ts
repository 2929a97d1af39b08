// Rules, switches and one's own door act at once on everybody who is there.
import { violations } from "../harness/axe.ts";
import {
  type AdminCall,
  expect,
  log,
  online,
  type Page,
  row,
  SECTION,
  send,
  test,
  type World,
  writing,
} from "../harness/index.ts";

type Rule = { from: string; to: unknown; effect: "allow" | "never"; rights: string[] };
const EVERYTHING = ["see", "start", "reply", "call"];
const BUTTONS =
  "<parvis-message-button member='bob'></parvis-message-button><parvis-members></parvis-members><parvis-messenger></parvis-messenger>";

const members = (page: Page) => page.getByRole("region", { name: "Members" });
const button = (page: Page) => page.locator("parvis-message-button").getByRole("button");

/** Ada and Carla visit; Bob exhibits. */
async function fair(world: World): Promise<(rules: Rule[]) => Promise<unknown>> {
  const operator: AdminCall = await world.server.operator();
  for (const slug of ["visitors", "exhibitors"])
    await operator("/populations", "POST", { slug, name: slug });
  await world.known("ada", "bob", "carla");
  const people = (await operator("/members", "GET")) as { items: { id: string; login: string }[] };
  for (const { id, login } of people.items)
    await operator(`/members/${id}`, "PATCH", {
      populations: [login === "bob" ? "exhibitors" : "visitors"],
    });
  return (rules) => operator("/rules", "PUT", rules);
}

const visitors = (rights: string[], to: unknown = "everyone"): Rule => ({
  from: "visitors",
  to,
  effect: "allow",
  rights,
});
const exhibitors = (rights: string[]): Rule => ({
  from: "exhibitors",
  to: "everyone",
  effect: "allow",
  rights,
});

test("where a rule takes writing away, the reason stands there, and what was typed comes back", async ({
  world,
}) => {
  const rules = await fair(world);
  const id = await world.conversation("ada", "bob");
  await world.say("ada", id, "Before the rules");
  const ada = await world.visit("ada", SECTION);
  await online(ada);
  await row(ada, "Bob").click();
  await writing(ada).fill("Half a thought");
  await rules([visitors(["see"]), exhibitors(EVERYTHING)]);
  await expect(ada.getByText("The organizers' rules do not allow writing here")).toBeVisible();
  await expect(log(ada).getByText("Before the rules")).toBeVisible();
  await expect(writing(ada)).toHaveCount(0);
  expect(await violations(ada)).toEqual([]);
  await rules([visitors(EVERYTHING), exhibitors(EVERYTHING)]);
  await expect(writing(ada)).toHaveValue("Half a thought");
  await send(ada, "A whole one");
  await expect(log(ada).getByText("Sent", { exact: true })).toBeVisible();
});

test("visitors answer, and do not begin", async ({ world }) => {
  const rules = await fair(world);
  await rules([visitors(["see", "reply"]), exhibitors(EVERYTHING)]);
  const ada = await world.visit("ada", BUTTONS);
  const bob = await world.visit("bob", SECTION);
  await online(ada);
  await expect(members(ada).getByText("Bob", { exact: true })).toBeVisible();
  await expect(button(ada)).toHaveCount(0);
  await bob.getByRole("button", { name: /^Ada/ }).click();
  await send(bob, "Welcome to our stand");
  await ada.getByRole("button", { name: "Open messages, 1 unread message" }).click();
  await row(ada, "Bob").click();
  await send(ada, "Thank you");
  await expect(log(bob).getByText("Thank you")).toBeVisible();
});

test("directory and profile button follow the rules without a reload", async ({ world }) => {
  const rules = await fair(world);
  const ada = await world.visit("ada", BUTTONS);
  await online(ada);
  await expect(button(ada)).toBeVisible();
  await expect(members(ada).getByRole("listitem")).toHaveCount(2);
  // Visitors see exhibitors alone, and may not write to them.
  await rules([visitors(["see"], { population: "exhibitors" }), exhibitors(EVERYTHING)]);
  await expect(button(ada)).toHaveCount(0);
  await expect(members(ada).getByText("Carla", { exact: true })).toHaveCount(0);
  await members(ada).getByRole("button", { name: /^Bob/ }).click();
  const card = ada.getByRole("dialog", { name: "Profile of Bob" });
  await expect(card).toBeVisible();
  await expect(card.getByRole("button", { name: "Send a message" })).toHaveCount(0);
  // The card that is open follows too.
  await rules([visitors(EVERYTHING, { population: "exhibitors" }), exhibitors(EVERYTHING)]);
  await expect(card.getByRole("button", { name: "Send a message" })).toBeVisible();
  await expect(button(ada)).toBeVisible();
  // And goes when its member goes.
  await rules([exhibitors(EVERYTHING)]);
  await expect(card).toHaveCount(0);
  await expect(members(ada).getByText("Nobody here yet")).toBeVisible();
});

test("“Allow users to contact me” acts at once, everywhere; what exists goes on", async ({
  world,
}) => {
  await world.known("ada", "bob", "carla");
  const id = await world.conversation("carla", "bob");
  await world.say("carla", id, "We talk already");
  const bob = await world.visit("bob", SECTION);
  const ada = await world.visit("ada", BUTTONS);
  const carla = await world.visit("carla", SECTION);
  await online(ada);
  await members(ada).getByRole("button", { name: /^Bob/ }).click();
  const card = ada.getByRole("dialog", { name: "Profile of Bob" });
  const write = card.getByRole("button", { name: "Send a message" });
  await expect(write).toBeVisible();
  await expect(button(ada)).toBeVisible();
  await bob.getByRole("button", { name: "My settings" }).click();
  await bob.getByRole("switch", { name: "Allow users to contact me" }).click();
  await expect(write).toHaveCount(0);
  await expect(button(ada)).toHaveCount(0);
  await row(carla, "Bob").click();
  await send(carla, "And go on");
  await row(bob, "Carla").click();
  await expect(log(bob).getByText("And go on")).toBeVisible();
  await send(bob, "Both ways");
  await expect(log(carla).getByText("Both ways")).toBeVisible();
  await bob.getByRole("button", { name: "My settings" }).click();
  await bob.getByRole("switch", { name: "Allow users to contact me" }).click();
  await expect(write).toBeVisible();
  await expect(button(ada)).toBeVisible();
});

test("member-to-member chat switched off and on: conversations and drafts come back", async ({
  world,
}) => {
  const operator = await world.server.operator();
  await world.known("ada", "bob");
  const id = await world.conversation("ada", "bob");
  await world.say("ada", id, "Kept");
  const ada = await world.visit("ada", SECTION);
  await online(ada);
  await row(ada, "Bob").click();
  await writing(ada).fill("Not yet sent");
  await operator("/settings", "PATCH", { features: { member_chat: false } });
  await expect(row(ada, "Bob")).toHaveCount(0);
  await operator("/settings", "PATCH", { features: { member_chat: true } });
  await expect(row(ada, "Bob")).toBeVisible();
  await row(ada, "Bob").click();
  await expect(writing(ada)).toHaveValue("Not yet sent");
});
