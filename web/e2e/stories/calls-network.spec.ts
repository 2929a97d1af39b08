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
} from "../harness/calls.ts";
import { ALL, test as base, expect, type Page, SITE, type World } from "../harness/index.ts";

const test = base.extend<{ cable: Cable }>({
  cable: async ({ world }, use) => {
    const cable = await Cable.lay(world.server.origin);
    await use(cable);
    cable.end();
  },
});
test.use(CALLING);

/** Somebody whose only way to the server, and to others, is the cable. */
async function behind(cable: Cable, world: World, login: string): Promise<Page> {
  const page = await world.window();
  await cable.leadsToTheRelay(page.context());
  await throughTheRelay(page);
  const tag = `<script type="module" src="${cable.origin}/embed.js" data-site="${SITE}" data-token="${world.server.token(login)}"></script>`;
  const host = await world.website({ body: `${ALL}${tag}` });
  await page.goto(host.origin);
  return page;
}

/** Ada behind the cable in a call with Bob, each with the other's picture. */
async function talking(cable: Cable, world: World): Promise<[Page, Page]> {
  await callingSite(world);
  const [ada, bob] = [await behind(cable, world, "ada"), await world.visit("bob")];
  await facing(ada, bob);
  await begin(ada);
  await answer(bob);
  await seesTheOther(ada);
  await seesTheOther(bob);
  return [ada, bob];
}

for (const noticed of [true, false])
  test(`after five seconds without a network the two see each other again: the browser ${noticed ? "knew" : "did not know"}`, async ({
    world,
    cable,
  }) => {
    test.setTimeout(60_000);
    const [ada, bob] = await talking(cable, world);
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
    await expect(bob.getByText("Ada has muted the microphone")).toBeVisible();
  });
