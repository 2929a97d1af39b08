// Calls between two windows of two browsers, with the devices that Chromium makes up.
import {
  answer,
  begin,
  CALLING,
  callingSite,
  facing,
  preview,
  seesTheOther,
  throughTheRelay,
  two,
  written,
} from "../harness/calls.ts";
import { expect, openWith, type Page, test } from "../harness/index.ts";

test.use(CALLING);

test("two people see each other, and hang up", async ({ world }) => {
  const [ada, bob] = await two(world);
  await begin(ada);
  await expect(written(ada, "Ringing…")).toBeVisible();
  await expect(bob.getByText("Ada would like a video call")).toBeVisible();
  await answer(bob);
  await seesTheOther(ada);
  await seesTheOther(bob);
  await ada.getByRole("button", { name: "Turn the microphone off" }).click();
  await expect(written(bob, "Ada has muted the microphone")).toBeVisible();
  await bob.getByRole("button", { name: "Turn the camera off" }).click();
  await expect(ada.locator("video#theirs")).toBeHidden();
  await ada.getByRole("button", { name: "Hang up" }).click();
  await expect(written(bob, "The call is over")).toBeVisible();
});

test("a call is declined, taken back, answered without picture", async ({ world }) => {
  const [ada, bob] = await two(world);
  await begin(ada);
  await bob.getByRole("button", { name: "Decline" }).click();
  await expect(written(ada, "Bob declined")).toBeVisible();
  await ada.getByRole("button", { name: "Call back" }).click();
  await ada.getByRole("button", { name: "Call", exact: true }).click();
  await expect(bob.getByText("Ada would like a video call")).toBeVisible();
  await ada.getByRole("button", { name: "Cancel" }).click();
  await expect(
    written(bob, /^(You missed a call from Ada|The call was taken back)$/),
  ).toBeVisible();
});

test("whoever loads the page again is back in the call", async ({ world }) => {
  const [ada, bob] = await two(world);
  await begin(ada);
  await answer(bob);
  await seesTheOther(ada);
  const lasted = async (page: Page) => {
    const told = (await page.getByRole("timer").textContent()) ?? "";
    expect(told).toMatch(/^0:\d\d$/);
    return Number(told.slice(2));
  };
  await expect.poll(() => lasted(bob)).toBeGreaterThan(1);
  const before = await lasted(bob);
  await bob.reload();
  await seesTheOther(bob);
  await seesTheOther(ada);
  // It is the same call.
  expect(await lasted(bob)).toBeGreaterThanOrEqual(before);
  await ada.reload();
  await seesTheOther(ada);
  await seesTheOther(bob);
});

test("answered in one window, it stops ringing in the other", async ({ world }) => {
  const [ada, bob] = await two(world);
  const other = await world.visit("bob");
  await expect(other.getByRole("button", { name: /^Open messages/ })).toBeVisible();
  await begin(ada);
  await expect(other.getByText("Ada would like a video call")).toBeVisible();
  await answer(bob);
  await expect(written(other, "Answered on another device")).toBeVisible();
  await seesTheOther(ada);
  // What is closed there does not end here.
  await other.getByRole("button", { name: "Close", exact: true }).click();
  await seesTheOther(ada);
  await seesTheOther(bob);
});

test("two who call each other at the same moment are in one call", async ({ world }) => {
  const [ada, bob] = await two(world);
  await openWith(bob, "Ada");
  for (const page of [ada, bob]) await preview(page);
  // Whoever is a moment later has the other's call before them, and answers it.
  await Promise.all(
    [ada, bob].map((page) => page.getByRole("button", { name: /^(Call|Answer)$/ }).click()),
  );
  await seesTheOther(ada);
  await seesTheOther(bob);
});

test("a call can be made from a profile; a missed one is left in the conversation, with the way back", async ({
  world,
}) => {
  const [ada, bob] = await two(world);
  await ada.getByRole("button", { name: "Actions for Bob" }).click();
  await ada.getByRole("menuitem", { name: "See the profile" }).click();
  await ada
    .getByRole("dialog", { name: "Profile of Bob" })
    .getByRole("button", { name: "Voice call" })
    .click();
  await ada.getByRole("button", { name: "Call", exact: true }).click();
  await expect(bob.getByText("Ada is calling")).toBeVisible();
  await ada.getByRole("button", { name: "Cancel" }).click();
  await bob.getByRole("button", { name: "Close", exact: true }).click();
  await openWith(bob, "Ada");
  await expect(bob.getByRole("log").getByText("You missed a call from Ada")).toBeVisible();
  await bob.getByRole("button", { name: "Call back" }).click();
  await bob.getByRole("button", { name: "Call", exact: true }).click();
  await expect(ada.getByText("Bob is calling")).toBeVisible();
});

test("two who cannot reach each other talk through the server's relay", async ({ world }) => {
  const [ada, bob] = await two(world);
  for (const page of [ada, bob]) {
    await throughTheRelay(page);
    await page.reload();
  }
  await begin(ada);
  await answer(bob);
  await seesTheOther(ada);
  await seesTheOther(bob);
});

test("a page forgets the call once it is over, or goes on elsewhere", async ({ world }) => {
  const [ada, bob] = await two(world);
  await begin(ada);
  await answer(bob);
  await seesTheOther(bob);
  await bob.reload();
  await seesTheOther(bob);
  // The same tab twice: the second has the call from now on.
  const [twin] = await Promise.all([
    bob.waitForEvent("popup"),
    bob.evaluate(() => void window.open(location.href)),
  ]);
  const leave = async () => {
    await written(bob, "Answered on another device").waitFor();
    await bob.getByRole("button", { name: "Close", exact: true }).click();
  };
  // It does not stand in the way for long: it is closed as soon as it is there.
  await Promise.all([seesTheOther(twin), leave()]);
  const asked = bob.waitForResponse(/\/api\/v1\/calls$/);
  await bob.evaluate(() => {
    for (const what of ["offline", "online"]) dispatchEvent(new Event(what));
  });
  await asked;
  await seesTheOther(twin);
  await expect(bob.getByRole("dialog", { name: "Call with Ada" })).toHaveCount(0);

  const left = (page: Page) => page.evaluate(() => sessionStorage.getItem("parvis:call"));
  expect(await left(ada)).not.toBeNull();
  await twin.getByRole("button", { name: "Hang up" }).click();
  await expect(written(ada, "The call is over")).toBeVisible();
  expect(await left(ada)).toBeNull();
});

test("after 45 seconds without an answer it is missed, and can be called back from the conversation", async ({
  world,
}) => {
  test.setTimeout(100_000);
  const [ada, bob] = await two(world);
  await begin(ada);
  await expect(bob.getByText("Ada would like a video call")).toBeVisible();
  // The server's clock: it is waited for.
  const ended = (page: Page, text: string) =>
    expect(page.getByRole("heading", { name: text })).toBeVisible({ timeout: 60_000 });
  await Promise.all([ended(ada, "No answer"), ended(bob, "You missed a call from Ada")]);
  // It does not stand in the way for long.
  await expect(bob.getByRole("dialog", { name: "Call with Ada" })).toHaveCount(0, {
    timeout: 15_000,
  });
  await expect(ada.getByRole("log").getByText("Your call was not answered")).toBeVisible();
  await expect(bob.getByRole("button", { name: /^Open messages, 1 unread/ })).toBeVisible();
  await openWith(bob, "Ada");
  const line = bob.getByRole("log").getByText("You missed a call from Ada");
  await expect(line).toBeVisible();
  await bob.getByRole("log").getByRole("button", { name: "Call back" }).click();
  await bob.getByRole("button", { name: "Call", exact: true }).click();
  await expect(ada.getByText("Bob would like a video call")).toBeVisible();
  await answer(ada);
  await seesTheOther(ada);
  await seesTheOther(bob);
});

test("the buttons are there as long as the rules grant a call, and a call goes on without them", async ({
  world,
}) => {
  const operator = await callingSite(world);
  await operator("/populations", "POST", { slug: "guests", name: "Guests" });
  const people = (await operator("/members", "GET")) as { items: { id: string }[] };
  for (const { id } of people.items)
    await operator(`/members/${id}`, "PATCH", { populations: ["guests"] });
  const ada = await world.visit("ada");
  const bob = await world.visit("bob");
  await facing(ada, bob);
  const buttons = ada.getByRole("button", { name: /^(Video|Voice) call$/ });
  const rights = ["see", "start", "reply"];
  const grant = (more: string[]) =>
    operator("/rules", "PUT", [
      { from: "guests", to: "everyone", effect: "allow", rights: [...rights, ...more] },
    ]);
  await expect(buttons).toHaveCount(2);
  await grant([]);
  await expect(buttons).toHaveCount(0);
  await grant(["call"]);
  await expect(buttons).toHaveCount(2);
  await begin(ada);
  await answer(bob);
  await seesTheOther(bob);
  await grant([]);
  await expect(buttons).toHaveCount(0);
  await seesTheOther(ada);
});
