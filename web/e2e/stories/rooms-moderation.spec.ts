import { expect, log, send, test, writing } from "../harness/index.ts";
import { article, inside, Lobby, menuOf, person } from "../harness/rooms.ts";

test.describe.configure({ timeout: 90_000 });

test("a moderator removes, and takes it back", async ({ world }) => {
  const lobby = await Lobby.of(world, {}, true);
  const bob = await lobby.visit("bob");
  const carla = await lobby.visit("carla");
  const ada = await lobby.visit("ada");
  await send(bob, "Something unkind");
  await expect(article(ada, "Something unkind")).toBeVisible();
  // Somebody who does not moderate has no such thing in the menu.
  await article(ada, "Something unkind").focus();
  await article(ada, "Something unkind").press("Enter");
  await expect(ada.getByRole("menuitem", { name: "Report this message" })).toBeVisible();
  await expect(ada.getByRole("menuitem", { name: "Remove" })).toHaveCount(0);
  await ada.keyboard.press("Escape");

  await menuOf(carla, "Something unkind", "Remove");
  const dialog = carla.getByRole("dialog", { name: "Remove this message of Bob?" });
  await dialog.getByRole("textbox", { name: /^Why\?/ }).fill("Be kind to each other");
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  for (const page of [ada, bob, carla]) {
    await expect(
      log(page).getByText("Message removed by a moderator: Be kind to each other"),
    ).toBeVisible();
    await expect(log(page).getByText("Something unkind")).toHaveCount(0);
  }
  await carla.getByRole("button", { name: "Undo" }).click();
  for (const page of [ada, bob, carla]) {
    await expect(article(page, "Something unkind")).toBeVisible();
    await expect(log(page).getByText("Message removed by a moderator")).toHaveCount(0);
  }
});

test("who is muted reads on and is told why; it is lifted", async ({ world }) => {
  const lobby = await Lobby.of(world, {}, true);
  const bob = await lobby.visit("bob");
  const carla = await lobby.visit("carla");
  await send(bob, "Buy my books");
  await menuOf(carla, "Buy my books", "Mute Bob…");
  const dialog = carla.getByRole("dialog", { name: "Mute Bob?" });
  await dialog.getByText("10 minutes").click();
  await dialog.getByRole("textbox").fill("Adverts again");
  await dialog.getByRole("button", { name: "Mute", exact: true }).click();
  await expect(carla.getByText("Bob can’t write for now")).toBeVisible();
  await expect(
    bob.getByText(/You can write again .+ at .+ The reason: Adverts again/),
  ).toBeVisible();
  await expect(bob.getByText("Carla decided this.")).toBeVisible();
  await expect(writing(bob)).toHaveCount(0);
  await send(carla, "Let us go on");
  await expect(article(bob, "Let us go on")).toBeVisible();

  await carla.getByRole("button", { name: /^Moderation/ }).click();
  await carla.getByRole("button", { name: "Lift for Bob" }).click();
  await expect(writing(bob)).toBeVisible();
  await send(bob, "Sorry");
  await expect(article(carla, "Sorry")).toBeVisible();
});

test("who is banned leaves the room, is told why, and finds it closed again", async ({ world }) => {
  const lobby = await Lobby.of(world, {}, true);
  const bob = await lobby.visit("bob");
  const carla = await lobby.visit("carla");
  await person(carla, "Bob").press("Shift+F10");
  await carla.getByRole("menuitem", { name: "Ban Bob…" }).click();
  const dialog = carla.getByRole("dialog", { name: "Ban Bob?" });
  await dialog.getByRole("button", { name: "Ban", exact: true }).click();
  // Without a reason nothing is sent.
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await dialog.getByRole("textbox").fill("Threats");
  await dialog.getByRole("button", { name: "Ban", exact: true }).click();
  await expect(bob.getByText("You are not allowed in this room")).toBeVisible();
  await expect(bob.getByText(/Carla decided this\. The reason: Threats/)).toBeVisible();
  await expect(person(carla, "Bob")).toHaveCount(0);
  await bob.reload();
  await expect(bob.getByText("You are not allowed in this room")).toBeVisible();
});

test("what is reported waits for the moderators, with what was said around it", async ({
  world,
}) => {
  const lobby = await Lobby.of(world, {}, true);
  const carla = await lobby.visit("carla");
  const bob = await lobby.visit("bob");
  const ada = await lobby.visit("ada");
  await send(bob, "A calm beginning");
  await send(bob, "A nasty remark");
  await menuOf(ada, "A nasty remark", "Report this message");
  const dialog = ada.getByRole("dialog", { name: "Report this message of Bob?" });
  await dialog.getByRole("textbox", { name: "What is wrong?" }).fill("It hurts");
  await dialog.getByRole("button", { name: "Report" }).click();
  await expect(ada.getByText("Thank you. The moderators have been told.")).toBeVisible();

  await carla.getByRole("button", { name: "Moderation: 1 waits" }).click();
  const panel = carla.getByRole("complementary", { name: "Moderation" });
  await expect(panel.getByText("Ada reports Bob")).toBeVisible();
  await expect(panel.getByText("“It hurts”")).toBeVisible();
  await panel.getByText("What was said around it").click();
  await expect(panel.getByText("A calm beginning")).toBeVisible();
  await panel.getByRole("button", { name: "Remove the message" }).click();
  await carla.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(log(bob).getByText("Message removed by a moderator")).toBeVisible();
  await panel.getByRole("button", { name: "Done" }).click();
  await expect(panel.getByText("Nothing waits")).toBeVisible();
  await expect(carla.getByRole("button", { name: "Moderation", exact: true })).toBeVisible();
});

test("a newcomer's first message waits; accepted it appears, refused its author reads why", async ({
  world,
}) => {
  const lobby = await Lobby.of(world, { hold_first: 2 }, true);
  const carla = await lobby.visit("carla");
  const bob = await lobby.visit("bob");
  await send(bob, "Hello, I am new");
  await expect(bob.getByText("Waiting for a moderator")).toBeVisible();
  await expect(log(carla).getByText("Hello, I am new")).toHaveCount(0);
  await carla.getByRole("button", { name: "Moderation: 1 waits" }).click();
  const panel = carla.getByRole("complementary", { name: "Moderation" });
  await panel.getByRole("button", { name: "Accept" }).click();
  await expect(article(carla, "Hello, I am new")).toBeVisible();
  await expect(article(bob, "Hello, I am new")).toBeVisible();
  await expect(bob.getByText("Waiting for a moderator")).toHaveCount(0);

  await send(bob, "And cheap watches");
  await panel.getByRole("button", { name: "Refuse…" }).click();
  const dialog = carla.getByRole("dialog", { name: "Refuse this message of Bob?" });
  await dialog.getByRole("textbox").fill("No adverts, please");
  await dialog.getByRole("button", { name: "Refuse", exact: true }).click();
  await expect(bob.getByText("Not accepted by the moderators")).toBeVisible();
  await expect(bob.getByText("No adverts, please")).toBeVisible();
  await bob.getByRole("button", { name: "Hide this" }).click();
  await expect(bob.getByText("And cheap watches")).toHaveCount(0);
  await bob.reload();
  await expect(article(bob, "Hello, I am new")).toBeVisible();
  await inside(bob);
  await expect(bob.getByText("And cheap watches")).toHaveCount(0);
});

test("what is decided leaves the list at once, whatever the network does, and comes back if it failed", async ({
  world,
}) => {
  const lobby = await Lobby.of(world, { hold_first: 2 }, true);
  const bob = await lobby.visit("bob");
  const carla = await lobby.visit("carla");
  const panel = carla.getByRole("complementary", { name: "Moderation" });
  const item = (text: string) => panel.getByRole("listitem").filter({ hasText: text });

  await send(bob, "One");
  await carla.getByRole("button", { name: "Moderation: 1 waits" }).click();
  await expect(item("One")).toBeVisible();
  await send(bob, "Two");
  await expect(item("Two")).toBeVisible();

  await carla.route(/\/approve$/, (route) => route.abort());
  await item("One").getByRole("button", { name: "Accept" }).press("Enter");
  await expect(carla.getByText("The server cannot be reached")).toBeVisible();
  await expect(item("One")).toBeVisible();
  await carla.unroute(/\/approve$/);

  let letThrough = () => {};
  const late = new Promise<void>((done) => {
    letThrough = done;
  });
  await carla.route(/\/approve$/, async (route) => {
    await late;
    await route.continue();
  });
  await item("One").getByRole("button", { name: "Accept" }).press("Enter");
  await expect(item("One")).toHaveCount(0);
  await expect(item("Two").getByRole("button", { name: "Accept" })).toBeFocused();
  letThrough();
  await expect(article(bob, "One")).toBeVisible();
  await carla.keyboard.press("Enter");
  await expect(article(bob, "Two")).toBeVisible();
  await expect(panel.getByText("Nothing waits")).toBeVisible();
  await expect(panel.locator(".none")).toBeFocused();
});

test("in slow mode one waits for one's turn", async ({ world }) => {
  const lobby = await Lobby.of(world, { slow_mode_seconds: 5 });
  const ada = await lobby.visit("ada");
  await expect(ada.getByText("Slow mode: one message every 5 seconds")).toBeVisible();
  await send(ada, "One");
  await expect(article(ada, "One")).toBeVisible();
  await expect(ada.getByText(/You can write again in \d seconds?/)).toBeVisible();
  await writing(ada).fill("Two");
  await expect(ada.getByRole("button", { name: "Send" })).toBeDisabled();
  await expect(ada.getByRole("button", { name: "Send" })).toBeEnabled();
  await writing(ada).press("Enter");
  await expect(article(ada, "Two")).toBeVisible();
});

test("what waits for a moderator was said: the pause of a slow room counts from it", async ({
  world,
}) => {
  const lobby = await Lobby.of(world, { slow_mode_seconds: 600, hold_first: 2 }, true);
  const bob = await lobby.visit("bob");
  await send(bob, "Hello, I am new");
  await expect(bob.getByText("Waiting for a moderator")).toBeVisible();
  await expect(bob.getByText(/You can write again in \d+ seconds/)).toBeVisible();
  await writing(bob).fill("And another thing");
  await expect(bob.getByRole("button", { name: "Send" })).toBeDisabled();
  await bob.reload();
  await expect(bob.getByText("Waiting for a moderator")).toBeVisible();
  await expect(bob.getByText(/You can write again in \d+ seconds/)).toBeVisible();
});

test("who is reported from the list of those who are here is shown to the moderators", async ({
  world,
}) => {
  const lobby = await Lobby.of(world, {}, true);
  const carla = await lobby.visit("carla");
  await lobby.visit("bob");
  const ada = await lobby.visit("ada");
  await person(ada, "Bob").press("Shift+F10");
  await ada.getByRole("menuitem", { name: "Report Bob" }).click();
  const dialog = ada.getByRole("dialog", { name: "Report Bob?" });
  await dialog.getByRole("textbox", { name: "What is wrong?" }).fill("Shouts at everybody");
  await dialog.getByRole("button", { name: "Report" }).click();
  await carla.getByRole("button", { name: "Moderation: 1 waits" }).click();
  const panel = carla.getByRole("complementary", { name: "Moderation" });
  await expect(panel.getByText("“Shouts at everybody”")).toBeVisible();
});

test("where only moderators write, others read; a change is seen at once", async ({ world }) => {
  const lobby = await Lobby.of(world, { announcement_only: true }, true);
  const carla = await lobby.visit("carla");
  const ada = await lobby.visit("ada");
  await expect(ada.getByText("Only moderators write here.")).toBeVisible();
  await send(carla, "The doors open at nine");
  await expect(article(ada, "The doors open at nine")).toBeVisible();
  await lobby.change({ announcement_only: false });
  await expect(writing(ada)).toBeVisible();
  await lobby.operator(`/rooms/${lobby.id}`, "DELETE");
  await expect(ada.getByText("No room is open to you")).toBeVisible();
});

test("outside its hours a room can be read, and says when it opens", async ({ world }) => {
  const lobby = await Lobby.of(world);
  await world.known("bob");
  await lobby.say("bob", "Until tomorrow");
  const ada = await lobby.visit("ada");
  await expect(writing(ada)).toBeVisible();
  // A day of the week that is neither today nor tomorrow anywhere.
  const day = ((new Date().getUTCDay() + 3) % 7) + 1;
  const weekly = [{ day, from: "09:00", to: "10:00" }];
  await lobby.change({ opening_hours: { time_zone: "Europe/Paris", weekly } });
  await expect(ada.getByText(/The room is closed\. It opens .+ at \d+:\d\d/)).toBeVisible();
  await expect(article(ada, "Until tomorrow")).toBeVisible();
  await lobby.change({ opening_hours: null });
  await expect(writing(ada)).toBeVisible();
});

test("what the site does not allow is not sent, and its author is told why", async ({ world }) => {
  const lobby = await Lobby.of(world, { content_policy: "text-only" }, true);
  await lobby.operator("/settings", "PATCH", {
    moderation: { filters: [{ pattern: "casino", kind: "word", action: "hold" }] },
  });
  const carla = await lobby.visit("carla");
  const bob = await lobby.visit("bob");
  await send(bob, "See https://example.org");
  const failed = article(bob, "https://example.org");
  await expect(failed.getByRole("alert")).toContainText("Not sent");
  await expect(failed.getByRole("alert")).toContainText(/link/i);
  await failed.getByRole("button", { name: "Discard" }).click();
  await send(bob, "Who comes to the casino?");
  await expect(bob.getByText("It contains a word that a moderator looks at first.")).toBeVisible();
  await send(bob, "Good evening");
  await expect(article(carla, "Good evening")).toBeVisible();
  await expect(log(carla).getByText("casino")).toHaveCount(0);
});
