import { Crowd } from "../harness/crowd.ts";
import { expect, test } from "../harness/index.ts";
import { here, Lobby, person } from "../harness/rooms.ts";

test.describe.configure({ timeout: 90_000 });

test("a crowd comes and goes: the count is exact, and the list is right from end to end", async ({
  world,
}) => {
  const lobby = await Lobby.of(world);
  const ada = await lobby.visit("ada");
  const count = (n: string) => here(ada).getByRole("heading", { name: `${n} connected` });
  await expect(count("1")).toBeVisible();
  const crowd = await Crowd.into(world, lobby.id, 320);
  await expect(count("321")).toBeVisible();
  await expect(person(ada, "Guest0000")).toBeVisible();
  // To the end by key: page after page comes as one gets there.
  await person(ada, "Ada").focus();
  const end = async () => {
    await ada.keyboard.press("End");
    return here(ada).locator(".row:focus").textContent();
  };
  await expect.poll(end, { timeout: 40_000 }).toContain("Guest0319");
  // Whoever comes before the one that has the focus does not take it away.
  const early = await Crowd.into(world, lobby.id, 60, "early");
  await expect(count("381")).toBeVisible();
  await expect(here(ada).locator(".row:focus")).toHaveAttribute("data-index", "380");
  await expect(here(ada).locator(".row:focus")).toContainText("Guest0319");
  await early.go();
  await expect(count("321")).toBeVisible();
  // Nor does the one that goes: the next one has it.
  await crowd.leave("guest0319");
  await expect(count("320")).toBeVisible();
  await expect(here(ada).locator(".row:focus")).toContainText("Guest0318");
  // Of all of them those near the eye stand in the page.
  expect(await here(ada).getByRole("listitem").count()).toBeLessThan(120);
  await ada.keyboard.press("Home");
  await here(ada).getByRole("searchbox").fill("guest0300");
  await expect(person(ada, "Guest0300")).toBeVisible();
  await here(ada).getByRole("searchbox").fill("");
  await expect(person(ada, "Ada")).toBeVisible();
  await crowd.go(5);
  await expect(count("315")).toBeVisible();
  await crowd.go();
  await expect(count("1")).toBeVisible();
  await expect(here(ada).getByRole("listitem")).toHaveCount(1);
});
