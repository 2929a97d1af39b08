// Rooms, moderation and settings from the back-office.
import { Office, toast } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, test } from "../harness/index.ts";

test("a room is opened, changed and deleted", async ({ world }) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada"] });
  const page = await office.visit("/rooms");
  await page.getByRole("link", { name: "New room" }).click();
  const window = page.getByRole("dialog", { name: "New room" });
  await window.getByLabel("Name", { exact: true }).fill("Lobby");
  await window.getByRole("group", { name: "Who may enter" }).getByLabel("visitors").check();
  await window.getByLabel("Announcements only").check();
  await window.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: "Lobby" })).toBeVisible();
  const { items } = (await office.call("/rooms", "GET")) as { items: { id: string }[] };
  expect(items[0]).toMatchObject({
    name: "Lobby",
    populations: ["visitors"],
    announcement_only: true,
  });
  // Its address opens it.
  await page.goto(office.address(`/rooms/${items[0]?.id}`));
  const room = page.getByRole("dialog", { name: "Lobby" });
  await room.getByLabel("Pause between messages").fill("30");
  await room.getByLabel("Item by item").check({ force: true });
  await room.getByLabel("Links").uncheck();
  await room.getByLabel("Open at certain hours only").check();
  const friday = room.getByRole("group", { name: "Friday" });
  await friday.getByLabel("To", { exact: true }).fill("12:30");
  await friday.getByRole("button", { name: "Add hours on Friday" }).click();
  await room
    .getByRole("group", { name: "Monday" })
    .getByRole("button", { name: "Remove these hours" })
    .click();
  await room.getByLabel("Time zone").selectOption("Europe/Paris");
  expect(await violations(page)).toEqual([]);
  await room.getByRole("button", { name: "Save" }).click();
  await expect(room).toHaveCount(0);
  expect(((await office.call("/rooms", "GET")) as { items: object[] }).items[0]).toMatchObject({
    slow_mode_seconds: 30,
    content_policy: { links: false, emoji: true },
    opening_hours: {
      time_zone: "Europe/Paris",
      weekly: [2, 3, 4, 5, 5].map((day, at) => ({
        day,
        from: at === 4 ? "12:30" : "09:00",
        to: at === 3 ? "12:30" : at === 4 ? "24:00" : "18:00",
      })),
    },
  });
  await page.getByRole("link", { name: "Lobby" }).click();
  await room.getByRole("button", { name: "Delete" }).click();
  await page
    .getByRole("dialog", { name: /Delete the room/ })
    .getByRole("button", { name: "Delete" })
    .click();
  await expect(page.getByRole("heading", { name: "No room yet" })).toBeVisible();
});

test("a switch counts once it is saved, and a word filter too", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/settings");
  await page.getByRole("switch", { name: "Group conversations" }).click();
  await page.getByRole("button", { name: "Undo changes" }).click();
  await expect(page.getByRole("switch", { name: "Group conversations" })).toBeChecked();
  await page.getByRole("switch", { name: "Group conversations" }).click();
  await page.getByRole("radio", { name: "Text only" }).check({ force: true });
  await page.getByLabel("Members at most").fill("500");
  await page.getByLabel("Members at most").blur();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(toast(page, "Saved")).toBeVisible();
  expect(await office.call("/settings", "GET")).toMatchObject({
    features: { groups: false, rooms: true },
    content_policy: "text-only",
    limits: { members: 500 },
  });
  await page.getByLabel("Members at most").fill("");
  await page.getByLabel("Members at most").blur();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect
    .poll(async () => (await office.call("/settings", "GET")) as { limits: { members?: number } })
    .not.toHaveProperty("limits.members");
  await page.goto(office.address("/moderation/filters"));
  await page.getByRole("button", { name: "Add a word or link" }).click();
  await page.getByLabel("Word or address 1").fill("darn");
  await page.getByLabel("What happens 1").selectOption({ label: "Hold back" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(toast(page, "Saved")).toBeVisible();
  expect(await office.call("/settings", "GET")).toMatchObject({
    moderation: { filters: [{ kind: "word", pattern: "darn", action: "hold" }] },
  });
});
