// Which ways calls can go from an organizer's browser.
import { Office } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, test } from "../harness/index.ts";

test("the relay is found over UDP and TCP", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/settings");
  const card = page.locator("admin-network");
  await expect(card.getByText("This server relays calls itself.")).toBeVisible();
  await expect(card.getByText("127.0.0.1 can only be reached inside")).toBeVisible();
  await card.getByRole("button", { name: "Try from this browser" }).click();
  await expect(card.getByText("Every way works from here.")).toBeVisible({ timeout: 15_000 });
  for (const way of ["Own address (STUN)", "Relay over UDP", "Relay over TCP"])
    await expect(card.getByRole("listitem").filter({ hasText: way })).toContainText("Works");
  expect(await violations(page)).toEqual([]);
});
