import { expect, log, type Page, row, SECTION, test, writing } from "../harness/index.ts";
import { article, Lobby, wouldWhisper } from "../harness/rooms.ts";

test.describe.configure({ timeout: 90_000 });

test("after a long absence one sees the end, and finds where one left off", async ({ world }) => {
  const lobby = await Lobby.of(world);
  await lobby.say("bob", "The first that Ada read");
  const before = await lobby.visit("ada");
  await expect(article(before, "The first that Ada read")).toBeVisible();
  // That it was read is told a moment after it was seen.
  type Read = { items: { read_seq: number }[] };
  const read = async () => ((await world.api("ada", "/rooms", "GET")) as Read).items[0]?.read_seq;
  await expect.poll(read).toBe(1);
  await before.context().close();
  const missed = Array.from({ length: 130 }, (_, at) => `Missed ${at + 1}.`);
  await lobby.say("bob", ...missed);
  const ada = await lobby.visit("ada");
  await expect(article(ada, "Missed 130.")).toBeInViewport();
  await expect(log(ada).getByText("New messages")).toHaveCount(0);
  await ada.getByRole("button", { name: "Where you left off" }).click();
  await expect(log(ada).getByText("New messages")).toBeInViewport();
  await expect(article(ada, "Missed 1.")).toBeInViewport();
  await expect(ada.getByRole("button", { name: "Where you left off" })).toHaveCount(0);
  await ada.getByRole("button", { name: "Go to the latest messages" }).click();
  await expect(article(ada, "Missed 130.")).toBeInViewport();
});

test("whom one has blocked is folded in a room, and calls in vain", async ({ world }) => {
  const lobby = await Lobby.of(world);
  await world.known("ada", "bob");
  await world.block("ada", "bob");
  const ada = await lobby.visit("ada");
  await lobby.say("bob", "Look here, @ada");
  await lobby.say("carl", "Not at me");
  await expect(article(ada, "Not at me")).toBeVisible();
  await expect(log(ada).getByText("Message from a blocked member")).toBeVisible();
  await expect(log(ada).getByText("Look here")).toHaveCount(0);
  await log(ada).getByRole("button", { name: "Message from a blocked member" }).click();
  await expect(article(ada, "Look here, @ada")).toBeVisible();
});

test("a room that asks to wait keeps no other conversation waiting", async ({ world }) => {
  const lobby = await Lobby.of(world, { slow_mode_seconds: 600 });
  await world.known("bob");
  const ada = await lobby.visit("ada");
  // From elsewhere, so that this window does not know of it: what it sends next is asked to wait.
  await lobby.say("ada", "The first");
  const direct = await world.conversation("ada", "bob");
  const bob = await world.visit("bob", SECTION);
  await ada.evaluate(
    ([room, peer]) => {
      type Box = HTMLElement & { rooms: { send(where: string, body: string): void } };
      const { rooms } = document.querySelector<Box>("parvis-chatbox") as Box;
      rooms.send(room as string, "Too soon");
      rooms.send(peer as string, "But you read this");
    },
    [lobby.id, direct],
  );
  await expect(row(bob, "Ada")).toContainText("But you read this");
  await expect(article(ada, "Too soon")).toBeVisible();
});

test("nobody is told that one types a whisper", async ({ world }) => {
  const lobby = await Lobby.of(world);
  const ada = await lobby.visit("ada");
  const bob = await lobby.visit("bob");
  const sent = await frames(ada);
  await writing(ada).pressSequentially("@bob the door is open");
  await wouldWhisper(ada, "Only Bob will see this");
  expect(await sent()).not.toContain('"typing"');
  // The same hand, aloud: that is told.
  await writing(ada).fill("");
  await writing(ada).pressSequentially("The door");
  await expect(log(bob).getByText("Ada is typing")).toBeVisible();
  expect(await sent()).toContain('"typing"');
});

/** What this window tells the server from here on. It is written down before it leaves: nothing to wait for. */
async function frames(page: Page): Promise<() => Promise<string>> {
  const log = await page.evaluateHandle(() => {
    const all: string[] = [];
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
      all.push(String(data));
      send.call(this, data);
    };
    return all;
  });
  return () => log.evaluate((all) => all.join("\n"));
}
