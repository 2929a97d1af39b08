import { expect, log, online, openWith, SITE, send, test, writing } from "../harness/index.ts";

test("the organizers answer a lone first member", async ({ world }) => {
  const operator = await world.server.operator();
  const ada = await world.visit("ada");
  await ada.getByRole("button", { name: "Contact the organizer" }).click();
  await expect(ada.getByRole("heading", { name: "Organizer - Forum" })).toBeVisible();
  await send(ada, "Is there parking?");
  await expect(log(ada).getByText("Sent", { exact: true })).toBeVisible();
  const inbox = (await operator("/conversations?kind=organizer", "GET")) as {
    items: { id: string; unread: number }[];
  };
  expect(inbox.items.map(({ unread }) => unread)).toEqual([1]);
  await operator(`/conversations/${inbox.items[0]?.id}/messages`, "POST", {
    client_id: crypto.randomUUID(),
    body: "Behind the hall.",
  });
  await expect(log(ada).getByText("Behind the hall.")).toBeVisible();
  await expect(log(ada).getByText("Odile").first()).toBeVisible();
});

test("the members' pages: search, profile, “Send a message”", async ({ world }) => {
  await world.known("bob", "carla");
  const ada = await world.visit(
    "ada",
    "<parvis-members></parvis-members><parvis-messenger></parvis-messenger>",
  );
  const members = ada.getByRole("region", { name: "Members" });
  await expect(members.getByText("Carla")).toBeVisible();
  await members.getByRole("searchbox").fill("böb");
  await expect(members.getByText("Carla")).toHaveCount(0);
  await members.getByRole("button", { name: /Bob/ }).first().click();
  await ada.getByRole("dialog").getByRole("button", { name: "Send a message" }).click();
  await expect(writing(ada)).toBeVisible();
  await send(ada, "From your profile");
  await expect(log(ada).getByText("Sent", { exact: true })).toBeVisible();

  const bob = await world.visit("bob");
  await expect(bob.getByRole("button", { name: /1 unread/ })).toBeVisible();
  await members.getByRole("searchbox").fill("");
  await members.getByRole("button", { name: "Here now", exact: true }).click();
  await expect(members.getByText("Bob", { exact: true })).toBeVisible();
  await expect(members.getByText("Carla")).toHaveCount(0);
});

test("a profile page's button is there only for who can be contacted", async ({ world }) => {
  await world.known("bob", "carla");
  await world.api("carla", "/me", "PATCH", { contactable: false });
  const button = (login: string) =>
    `<parvis-message-button member="${login}"></parvis-message-button>`;
  const ada = await world.visit(
    "ada",
    `<p>${["bob", "carla", "nobody", "ada"].map(button).join("")}</p><parvis-messenger></parvis-messenger>`,
  );
  const found = ada.getByRole("button", { name: /Send a message|Message/ });
  await expect(found).toHaveCount(1);
  await found.click();
  await expect(ada.getByRole("heading", { name: "Bob" })).toBeVisible();
  for (const login of ["carla", "nobody", "ada"])
    await expect(ada.locator(`parvis-message-button[member=${login}]`)).toBeHidden();
});

test("the page's own code opens a conversation and hears what happens", async ({ world }) => {
  await world.known("bob", "ada");
  const id = await world.conversation("bob", "ada");
  const ada = await world.visit("ada");
  await expect(ada.getByRole("button", { name: /^Open messages/ })).toBeVisible();
  await ada.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    for (const type of ["parvis-unread", "parvis-message"])
      document.addEventListener(type, (event) => heard.push([type, (event as CustomEvent).detail]));
  });
  await online(ada);
  await world.say("bob", id, "Psst");
  await expect
    .poll(() => ada.evaluate(() => JSON.stringify((window as unknown as { heard: unknown }).heard)))
    .toMatch(/parvis-unread.*"count":1|"count":1.*parvis-unread/);
  await expect
    .poll(() => ada.evaluate(() => JSON.stringify((window as unknown as { heard: unknown }).heard)))
    .toContain("Psst");
  type Page = { parvis: { open(target: object): Promise<void> } };
  await ada.evaluate(() => (window as unknown as Page).parvis.open({ member: "@bob" }));
  await expect(log(ada).getByText("Psst")).toBeVisible();
  await ada.evaluate(() => (window as unknown as Page).parvis.open({ organizer: true }));
  await expect(ada.getByRole("heading", { name: "Organizer - Forum" })).toBeVisible();
  await ada.evaluate(
    (conversation) => (window as unknown as Page).parvis.open({ conversation }),
    id,
  );
  await expect(log(ada).getByText("Psst")).toBeVisible();
});

test("switches of the site show at once, and nothing is lost", async ({ world }) => {
  const operator = await world.server.operator();
  await world.known("bob");
  const ada = await world.visit("ada");
  await openWith(ada, "Bob");
  await send(ada, "Kept");
  await expect(log(ada).getByText("Sent", { exact: true })).toBeVisible();
  await operator("/settings", "PATCH", { features: { messaging: false } });
  await expect(ada.getByRole("button", { name: /messages/ })).toHaveCount(0);
  await operator("/settings", "PATCH", { features: { messaging: true, contact_organizer: false } });
  await expect(log(ada).getByText("Kept")).toBeVisible();
  await expect(ada.getByRole("button", { name: "Contact the organizer" })).toHaveCount(0);
});

test("the section and the full page show the same conversations", async ({ world }) => {
  await world.known("bob", "ada");
  const id = await world.conversation("bob", "ada");
  await world.say("bob", id, "Seen everywhere");
  const ada = await world.visit("ada", "<parvis-direct-messages></parvis-direct-messages>");
  await ada.getByRole("button", { name: /Bob/ }).first().click();
  await expect(log(ada).getByText("Seen everywhere")).toBeVisible();
  const app = await world.window();
  await app.goto(`${world.server.origin}/app/${SITE}#token=${world.server.token("ada")}`);
  await app.getByRole("button", { name: /Bob/ }).first().click();
  await expect(log(app).getByText("Seen everywhere")).toBeVisible();
  expect(new URL(app.url()).hash).toBe("");
});

test("the site's own words and templates", async ({ world }) => {
  const operator = await world.server.operator();
  await operator("/settings", "PATCH", {
    texts: { fr: { "organizer.title": "Le comité de {site}" } },
  });
  const ada = await world.visit("ada", undefined, { locale: "fr-FR" });
  await ada.getByRole("button", { name: "Contacter l’organisateur" }).click();
  await expect(ada.getByRole("heading", { name: "Le comité de Forum" })).toBeVisible();
});

test("the open messenger stands whole in the window, its launcher in the corner", async ({
  world,
}) => {
  await world.known("bob");
  for (const height of [800, 560]) {
    const look = { viewport: { width: 1280, height }, reducedMotion: "reduce" } as const;
    const page = await world.visit("ada", undefined, look);
    const messenger = page.locator("parvis-messenger");
    await openWith(page, "Bob");
    const place = async (name: string) => {
      const box = await messenger.locator(name).boundingBox();
      return { top: box?.y ?? -1, bottom: (box?.y ?? 0) + (box?.height ?? 0) };
    };
    const [panel, launcher] = [await place(".panel"), await place(".launcher")];
    expect(panel.top).toBeGreaterThanOrEqual(8);
    expect([height - launcher.bottom, launcher.top - panel.bottom]).toEqual([20, 16]);
  }
});
