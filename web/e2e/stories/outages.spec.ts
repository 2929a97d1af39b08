import { expect, log, openWith, send, test } from "../harness/index.ts";

test("what is written without a server leaves once, even over a reload", async ({ world }) => {
  await world.known("bob");
  const ada = await world.visit("ada");
  await openWith(ada, "Bob");
  await send(ada, "Before");
  await expect(log(ada).getByText("Sent", { exact: true })).toBeVisible();

  await world.server.stop("SIGKILL");
  await send(ada, "Meanwhile one");
  await send(ada, "Meanwhile two");
  await expect(ada.getByText("No connection.")).toBeVisible();
  await expect(log(ada).getByText("Sending…").first()).toBeVisible();

  await world.server.start();
  await ada.reload();
  await expect(log(ada).getByText("Meanwhile two")).toBeVisible();
  await expect(log(ada).getByText("Sending…")).toHaveCount(0);

  const id = await world.conversation("bob", "ada");
  const page = (await world.api("bob", `/conversations/${id}/messages`, "GET")) as {
    items: { body: string; seq: number }[];
  };
  expect(page.items.map(({ seq, body }) => [seq, body])).toEqual([
    [1, "Before"],
    [2, "Meanwhile one"],
    [3, "Meanwhile two"],
  ]);
});

test("after a restart everybody is back by themselves and misses nothing", async ({ world }) => {
  await world.known("bob", "ada");
  const id = await world.conversation("ada", "bob");
  await world.say("ada", id, "Before");
  const bob = await world.visit("bob");
  await bob.getByRole("button", { name: /^Open messages/ }).click();
  await bob.getByRole("button", { name: /Ada/ }).first().click();
  await expect(log(bob).getByText("Before")).toBeVisible();
  await world.server.stop("SIGTERM");
  await world.server.start();
  await world.say("ada", id, "After");
  await expect(log(bob).getByText("After")).toBeVisible();
  await expect(log(bob).getByText("After")).toHaveCount(1);
});
