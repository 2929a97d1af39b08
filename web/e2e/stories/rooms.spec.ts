import { expect, log, send, test, writing } from "../harness/index.ts";
import {
  article,
  CHATBOX,
  here,
  inside,
  Lobby,
  menuOf,
  person,
  wouldWhisper,
} from "../harness/rooms.ts";

// Up to four windows at once, on machines that may be slow.
test.describe.configure({ timeout: 90_000 });

test("four people talk aloud, and see who is there", async ({ world }) => {
  const lobby = await Lobby.of(world);
  const [ada, bob, carla, dan] = await Promise.all(
    ["ada", "bob", "carla", "dan"].map((login) => lobby.visit(login)),
  );
  if (!ada || !bob || !carla || !dan) throw new Error("somebody is missing");
  await send(ada, "Hello everybody");
  await send(bob, "Hello @ada, see https://example.org/programme");
  for (const page of [ada, bob, carla, dan]) {
    await expect(article(page, "Hello everybody")).toBeVisible();
    await expect(log(page).getByRole("link", { name: /programme/ })).toBeVisible();
    for (const name of ["Ada", "Bob", "Carla", "Dan"])
      await expect(person(page, name)).toBeVisible();
    await expect(here(page).getByRole("heading", { name: "4 connected" })).toBeVisible();
  }
  // A mention stands out for the one it names alone.
  await expect(article(ada, "programme")).toHaveClass(/names-me/);
  await expect(log(ada).locator(".mention.me")).toHaveText("@ada");
  await expect(article(carla, "programme")).not.toHaveClass(/names-me/);
  await dan.context().close();
  await expect(person(ada, "Dan")).toHaveCount(0);
  await expect(here(ada).getByRole("heading", { name: "3 connected" })).toBeVisible();
});

test("a whisper to two reaches three windows and not the fourth", async ({ world }) => {
  const lobby = await Lobby.of(world);
  const ada = await lobby.visit("ada");
  const bob = await lobby.visit("bob");
  const carla = await lobby.visit("carla");
  const dan = await lobby.visit("dan");
  const heard: string[] = [];
  const session = await dan.context().newCDPSession(dan);
  await session.send("Network.enable");
  session.on("Network.webSocketFrameReceived", ({ response }) => heard.push(response.payloadData));

  await writing(ada).pressSequentially("@bo");
  await expect(ada.getByRole("option", { name: /Bob/ })).toHaveAttribute("aria-selected", "true");
  await writing(ada).press("Enter");
  await expect(writing(ada)).toHaveValue("@bob ");
  await writing(ada).pressSequentially("@carla the door is open");
  await wouldWhisper(ada, "Only Bob and Carla will see this");
  await expect(
    ada.getByRole("status").filter({ hasText: "Only Bob and Carla will see this" }),
  ).toHaveCount(1);
  await writing(ada).press("Enter");
  await expect(article(ada, "You whisper to Bob and Carla")).toContainText("the door is open");
  await expect(article(bob, "Whispers to you and Carla")).toContainText("the door is open");
  await expect(article(carla, "Whispers to you and Bob")).toContainText("the door is open");
  for (const page of [ada, bob, carla]) {
    await expect(article(page, "the door is open")).toHaveClass(/aside/);
    await expect(article(page, "the door is open")).toHaveAccessibleName(/private/);
    await expect(log(page).getByText("@bob")).toHaveCount(0);
  }
  // Told aloud afterwards, so that Dan has heard whatever there was to hear.
  await send(ada, "And now aloud");
  await expect(article(dan, "And now aloud")).toBeVisible();
  await expect(log(dan).getByText("the door is open")).toHaveCount(0);
  expect(heard.join("\n")).toContain("And now aloud");
  expect(heard.join("\n")).not.toContain("the door is open");

  // The audience is kept, from either side.
  await article(bob, "the door is open").focus();
  await article(bob, "the door is open")
    .getByRole("button", { name: "Reply to the same people" })
    .click();
  await wouldWhisper(bob, "Add what you want to say to Ada and Carla");
  await writing(bob).pressSequentially("coming");
  await writing(bob).press("Enter");
  await expect(article(carla, "coming")).toContainText("Whispers to you and Ada");
  await expect(log(dan).getByText("coming")).toHaveCount(0);
});

test("a login that nobody has stops the sending, and the text stays", async ({ world }) => {
  const lobby = await Lobby.of(world);
  await world.known("bob");
  const bob = await lobby.visit("bob");
  const ada = await lobby.visit("ada");
  await writing(ada).fill("@bob @bobb meet me at noon");
  await wouldWhisper(ada, "Nobody you can whisper to is called @bobb");
  await writing(ada).press("Enter");
  await expect(ada.getByRole("alert")).toContainText("@bobb");
  await expect(writing(ada)).toHaveValue("@bob @bobb meet me at noon");
  await expect(log(ada).getByText("meet me at noon")).toHaveCount(0);
  await ada.getByRole("button", { name: "Not to @bobb" }).click();
  await wouldWhisper(ada, "Only Bob will see this");
  await expect(writing(ada)).toHaveValue("@bob meet me at noon");
  await writing(ada).press("Enter");
  await expect(article(bob, "meet me at noon")).toContainText("Whispers to you");
});

test("a press on somebody who is there begins a whisper; by keyboard too", async ({ world }) => {
  const lobby = await Lobby.of(world);
  const bob = await lobby.visit("bob");
  const carla = await lobby.visit("carla");
  const ada = await lobby.visit("ada");
  await writing(ada).fill("psst");
  await person(ada, "Bob").click();
  await expect(writing(ada)).toHaveValue("@bob psst");
  await expect(writing(ada)).toBeFocused();
  await writing(ada).press("Enter");
  await expect(article(bob, "psst")).toContainText("Whispers to you");
  await expect(log(carla).getByText("psst")).toHaveCount(0);

  await here(ada).getByRole("searchbox").fill("car");
  await expect(person(ada, "Bob")).toHaveCount(0);
  await here(ada).getByRole("searchbox").press("ArrowDown");
  await expect(person(ada, "Carla")).toBeFocused();
  await person(ada, "Carla").press("Enter");
  await expect(writing(ada)).toHaveValue("@carla ");
});

test("an aside goes on as a group of the same people", async ({ world }) => {
  const lobby = await Lobby.of(world);
  const both = `${CHATBOX}<parvis-messenger></parvis-messenger>`;
  const bob = await lobby.visit("bob", { body: both });
  const carla = await lobby.visit("carla");
  const ada = await lobby.visit("ada");
  await send(ada, "@bob @carla shall we plan the evening?");
  await article(bob, "shall we plan").getByRole("button", { name: "Turn into a group" }).click();
  const dialog = bob.getByRole("dialog", { name: "A group with Ada and Carla" });
  await dialog.getByRole("textbox", { name: "Name of the group" }).fill("The evening");
  await dialog.getByRole("button", { name: "Create the group" }).click();
  await expect(
    bob.locator("parvis-messenger").getByRole("heading", { name: "The evening" }),
  ).toBeVisible();
  await expect(carla.locator("parvis-chatbox")).toBeVisible();
  const groups = (await world.api("ada", "/conversations", "GET")) as {
    items: { name: string; participants: number }[];
  };
  expect(groups.items.map(({ name, participants }) => [name, participants])).toEqual([
    ["The evening", 3],
  ]);
});

test("what came while one was away is counted, mentions apart", async ({ world }) => {
  const lobby = await Lobby.of(world, { name: "First" });
  await lobby.operator("/rooms", "POST", { name: "Second", populations: [], moderators: [] });
  await world.known("ada");
  const ada = await lobby.visit("ada");
  const rooms = (await world.api("ada", "/rooms", "GET")) as {
    items: { id: string; name: string }[];
  };
  const second = rooms.items.find(({ name }) => name === "Second")?.id ?? "";
  await world.say("bob", second, "One", "Two for @ada");
  const choose = ada.getByRole("button", { name: /^First: choose a room/ });
  await expect(choose).toHaveAccessibleName(/2 unread messages in other rooms/);
  await choose.click();
  await ada
    .getByRole("menuitemradio", { name: /Second, 2 unread messages, 1 mention of you/ })
    .click();
  await expect(article(ada, "Two for")).toHaveClass(/names-me/);
  await expect(log(ada).getByText("New messages")).toBeVisible();
  await expect(ada.getByRole("button", { name: /^Second: choose a room$/ })).toBeVisible();
  await ada.reload();
  await inside(ada);
  await expect(ada.getByRole("button", { name: /^First: choose a room$/ })).toBeVisible();
});

test("who was away for a moment misses nothing and keeps their words", async ({ world }) => {
  const lobby = await Lobby.of(world);
  await world.known("bob");
  const ada = await lobby.visit("ada");
  await send(ada, "Before");
  await expect(article(ada, "Before")).toBeVisible();
  await writing(ada).fill("half a sentence");
  await world.server.stop("SIGTERM");
  await expect(ada.getByText("No connection.")).toBeVisible();
  await world.server.start();
  await inside(ada);
  await lobby.say("bob", "Meanwhile");
  await expect(article(ada, "Meanwhile")).toBeVisible();
  await expect(article(ada, "Before")).toHaveCount(1);
  await expect(writing(ada)).toHaveValue("half a sentence");
  await writing(ada).press("Enter");
  await expect(article(ada, "half a sentence")).toBeVisible();
  await expect(here(ada).getByRole("heading", { name: "1 connected" })).toBeVisible();
});

test("without the network for a moment, what was missed comes by itself", async ({ world }) => {
  const lobby = await Lobby.of(world);
  await world.known("bob");
  const ada = await lobby.visit("ada");
  await send(ada, "Before");
  await expect(article(ada, "Before")).toBeVisible();
  await ada.context().setOffline(true);
  await expect(ada.getByText("No connection.")).toBeVisible();
  await lobby.say("bob", "Aloud", "@ada and aside");
  await send(ada, "Written meanwhile");
  await ada.context().setOffline(false);
  await expect(article(ada, "Aloud")).toBeVisible();
  await expect(article(ada, "and aside")).toHaveClass(/aside/);
  await expect(article(ada, "Written meanwhile")).toHaveCount(1);
  await inside(ada);
  await lobby.say("bob", "And on it goes");
  await expect(article(ada, "And on it goes")).toBeVisible();
  await expect(article(ada, "Before")).toHaveCount(1);
});

test("a long talk comes by pages, and one's place is kept", async ({ world }) => {
  const lobby = await Lobby.of(world);
  await world.known("bob");
  await lobby.say("bob", ...Array.from({ length: 130 }, (_, n) => `Line ${n + 1}.`));
  const ada = await lobby.visit("ada");
  await expect(log(ada).getByText("Line 1.", { exact: true })).toHaveCount(0);
  const first = log(ada).getByText("Line 1.", { exact: true });
  await expect(async () => {
    await log(ada).evaluate((box) => {
      box.scrollTop = 0;
    });
    expect(await first.count()).toBe(1);
  }).toPass();
  await first.scrollIntoViewIfNeeded();
  await lobby.say("bob", "The newest");
  await expect(ada.getByRole("button", { name: "Go to the latest messages" })).toContainText(
    "1 new message",
  );
  await expect(first).toBeInViewport();
  await ada.getByRole("button", { name: "Go to the latest messages" }).click();
  await expect(article(ada, "The newest")).toBeInViewport();
});

test("a room that is not one's own is not there", async ({ world }) => {
  const lobby = await Lobby.of(world, { slug: "staff", populations: ["moderators"] });
  const ada = await lobby.look("ada", { body: '<parvis-chatbox room="staff"></parvis-chatbox>' });
  await expect(ada.getByText("This room is not here")).toBeVisible();
  const carla = await lobby.visit("carla", {
    body: '<parvis-chatbox room="staff"></parvis-chatbox>',
  });
  await expect(carla.getByRole("heading", { name: "Lobby" })).toBeVisible();
  const nobody = await world.window();
  const host = await world.website({ body: `${CHATBOX}${world.tag()}` });
  await nobody.goto(host.origin);
  await expect(nobody.getByText("Sign in to talk")).toBeVisible();
});

test("in a side column those who are there stand behind a button", async ({ world }) => {
  const lobby = await Lobby.of(world);
  const bob = await lobby.visit("bob");
  const body = `<div style="width:240px">${"<parvis-chatbox compact></parvis-chatbox>"}</div>`;
  const ada = await lobby.visit("ada", { body });
  await expect(here(ada)).toHaveCount(0);
  await ada.getByRole("button", { name: "Who is here: 2 connected" }).click();
  await person(ada, "Bob").click();
  await expect(here(ada)).toHaveCount(0);
  await expect(writing(ada)).toHaveValue("@bob ");
  await writing(ada).pressSequentially("hi");
  await writing(ada).press("Enter");
  await expect(article(bob, "hi")).toContainText("Whispers to you");
});

test("one edits and withdraws what one said", async ({ world }) => {
  const lobby = await Lobby.of(world);
  const bob = await lobby.visit("bob");
  const ada = await lobby.visit("ada");
  await send(ada, "Fisrt");
  await send(ada, "Second");
  await menuOf(ada, "Fisrt", "Edit");
  await writing(ada).fill("First");
  await writing(ada).press("Enter");
  await expect(article(bob, "First")).toContainText("edited");
  await menuOf(ada, "Second", "Withdraw");
  await ada.getByRole("dialog").getByRole("button", { name: "Withdraw" }).last().click();
  await expect(log(bob).getByText("Message withdrawn")).toBeVisible();
  await expect(log(bob).getByText("Second")).toHaveCount(0);
});
