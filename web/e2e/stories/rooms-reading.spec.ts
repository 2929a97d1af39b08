import { expect, log, test, writing } from "../harness/index.ts";
import { article, Lobby, wouldWhisper } from "../harness/rooms.ts";

test.describe.configure({ timeout: 90_000 });

test("after a long absence one sees the end, and finds where one left off", async ({ world }) => {
  const lobby = await Lobby.of(world);
  await lobby.say("bob", "The first that Ada read");
  const before = await lobby.visit("ada");
  await expect(article(before, "The first that Ada read")).toBeVisible();
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

test("nobody is told that one types a whisper", async ({ world }) => {
  const lobby = await Lobby.of(world);
  const ada = await lobby.visit("ada");
  const bob = await lobby.visit("bob");
  const sent: string[] = [];
  const session = await ada.context().newCDPSession(ada);
  await session.send("Network.enable");
  session.on("Network.webSocketFrameSent", ({ response }) => sent.push(response.payloadData));
  await writing(ada).pressSequentially("@bob the door is open");
  await wouldWhisper(ada, "Only Bob will see this");
  expect(sent.join("\n")).not.toContain('"typing"');
  // The same hand, aloud: that is told.
  await writing(ada).fill("");
  await writing(ada).pressSequentially("The door");
  await expect(log(bob).getByText("Ada is typing")).toBeVisible();
  expect(sent.join("\n")).toContain('"typing"');
});
