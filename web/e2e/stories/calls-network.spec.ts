// Calls over a network that a story can cut, between browser and server and between browser and relay.
import { Cable } from "../harness/cable.ts";
import {
  answer,
  begin,
  CALLING,
  callingSite,
  facing,
  frames,
  seesTheOther,
  throughTheRelay,
  written,
} from "../harness/calls.ts";
import { ALL, test as base, expect, type Page, SITE, type World } from "../harness/index.ts";

const cable = async ({ world }: { world: World }, use: (cable: Cable) => Promise<void>) => {
  const laid = await Cable.lay(world.server.origin);
  await use(laid);
  laid.end();
};
const test = base.extend<{ cable: Cable; second: Cable }>({ cable, second: cable });
test.use(CALLING);

/** Somebody whose only way to others, and to the server at `origin`, is the cable. */
async function behind(
  cable: Cable,
  { world, login, origin = cable.origin }: { world: World; login: string; origin?: string },
): Promise<Page> {
  const page = await world.window();
  await cable.leadsToTheRelay(page.context());
  await throughTheRelay(page);
  const tag = `<script type="module" src="${origin}/embed.js" data-site="${SITE}" data-token="${world.server.token(login)}"></script>`;
  const host = await world.website({ body: `${ALL}${tag}` });
  await page.goto(host.origin);
  return page;
}

/** The two in a call, each with the other's picture. */
async function talking(ada: Page, bob: Page): Promise<void> {
  await facing(ada, bob);
  await begin(ada);
  await answer(bob);
  await Promise.all([ada, bob].map((page) => seesTheOther(page)));
}

for (const noticed of [true, false])
  test(`after five seconds without a network the two see each other again: the browser ${noticed ? "knew" : "did not know"}`, async ({
    world,
    cable,
  }) => {
    test.setTimeout(60_000);
    await callingSite(world);
    const [ada, bob] = [await behind(cable, { world, login: "ada" }), await world.visit("bob")];
    await talking(ada, bob);
    const seen = () => Promise.all([ada, bob].map(frames));
    cable.cut();
    await ada.context().setOffline(noticed);
    // What was on its way may still be drawn.
    await ada.waitForTimeout(1_000);
    const still = await seen();
    await ada.waitForTimeout(4_000);
    expect(await seen()).toEqual(still);
    cable.mend();
    await ada.context().setOffline(false);
    await Promise.all([ada, bob].map((page) => seesTheOther(page, 10_000)));
    await ada.getByRole("button", { name: "Turn the microphone off" }).click();
    await expect(written(bob, "Ada has muted the microphone")).toBeVisible();
  });

test("a relayed call outlives the hour of its credentials", async ({ world, cable, second }) => {
  test.setTimeout(60_000);
  await callingSite(world);
  const { origin } = world.server;
  const ada = await behind(cable, { world, login: "ada", origin });
  const bob = await world.visit("bob");
  await ada.clock.install();
  await talking(ada, bob);
  const made = await allocations(origin);

  // New credentials: the first time they can't be fetched, then they lead another way.
  await second.leadsToTheRelay(ada.context());
  let asked = 0;
  await ada.context().route("**/api/v1/ice-servers", async (route) => {
    asked += 1;
    if (asked === 1) await route.abort();
    else await route.fallback();
  });
  await ada.clock.fastForward("50:00");
  await expect.poll(() => asked, { timeout: 15_000 }).toBe(2);
  await expect.poll(() => allocations(origin)).toBeGreaterThan(made);
  await expect.poll(() => second.carried).toBeGreaterThan(50);
  // With the old ones ends what was relayed with them.
  cable.cut();
  await Promise.all([ada, bob].map((page) => seesTheOther(page, 3_000)));
  expect(asked).toBe(2);
});

/** How many the relay has made. */
async function allocations(origin: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^parvis_turn_allocations_total (\d+)/m.exec(text)?.[1] ?? 0);
}
