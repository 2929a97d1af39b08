// The websites of others: foreign, changing under the elements, and people who are not signed in.
import { ALL, expect, log, openWith, SITE, send, test } from "../harness/index.ts";

test("a website that is not on the list is refused, and told", async ({ world }) => {
  const operator = await world.server.operator();
  await operator("/settings", "PATCH", { origins: ["https://forum.example"] });
  const host = await world.website({ body: ALL });
  const page = await world.window();
  await page.addInitScript(() => {
    document.addEventListener("parvis-error", () => Object.assign(window, { refused: true }));
  });
  host.serves({ body: ALL + world.tag(`data-token="${world.server.token("ada")}"`) });
  await page.goto(host.origin);
  await page.waitForFunction(() => "refused" in window);
  await page.getByRole("button", { name: "Open messages" }).click();
  await expect(page.getByText("Messages are not available here")).toBeVisible();
});

test("without a token one is invited; signing in and out needs no reload", async ({ world }) => {
  await world.known("bob");
  const host = await world.website({ body: ALL + world.tag() });
  const page = await world.window();
  await page.goto(host.origin);
  await page.getByRole("button", { name: "Open messages" }).click();
  await expect(page.getByText("Sign in to talk")).toBeVisible();
  type Handle = { parvis: { signIn(token: string): Promise<void>; signOut(): Promise<void> } };
  await page.evaluate(
    (token) => (window as unknown as Handle).parvis.signIn(token),
    world.server.token("ada"),
  );
  await expect(page.getByText("No conversations yet")).toBeVisible();
  await page.evaluate(() => (window as unknown as Handle).parvis.signOut());
  await expect(page.getByText("Sign in to talk")).toBeVisible();
});

test("data-token-url is asked, and asked again before the token ends", async ({ world }) => {
  let asked = 0;
  const host = await world.website({
    body: ALL + world.tag('data-token-url="/token"'),
    answer: (path) => {
      if (path !== "/token") return undefined;
      asked += 1;
      // The first one is nearly over.
      const exp = Math.floor(Date.now() / 1000) + (asked === 1 ? 3 : 3600);
      return world.server.token("ada", { exp });
    },
  });
  const page = await world.window();
  await page.goto(host.origin);
  await page.getByRole("button", { name: "Open messages" }).click();
  await expect(page.getByText("No conversations yet")).toBeVisible();
  await expect.poll(() => asked, { timeout: 15_000 }).toBeGreaterThan(1);
  await expect(page.getByText("No conversations yet")).toBeVisible();
});

test("accounts kept here: a form, a sentence for a wrong password, then in", async ({ world }) => {
  const operator = await world.server.operator();
  await operator("/settings", "PATCH", { accounts: "password" });
  await operator("/members", "POST", {
    login: "dora",
    name: "Dora",
    password: "correct horse battery",
  });
  const page = await world.window();
  await page.goto(`${world.server.origin}/app/${SITE}`);
  await page.getByLabel("Login").fill("dora");
  await page.getByLabel("Password").fill("wrong horse battery");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Login and password do not match.")).toBeVisible();
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("No conversations yet")).toBeVisible();
  // The full page keeps its session over a reload, until one signs out.
  await page.reload();
  await expect(page.getByText("No conversations yet")).toBeVisible();
});

test("elements may come later, go and come back", async ({ world }) => {
  const host = await world.website({
    body: world.tag(`data-token="${world.server.token("ada")}"`),
  });
  const page = await world.window();
  await page.goto(host.origin);
  await page.evaluate(() => document.body.append(document.createElement("parvis-messenger")));
  const button = page.getByRole("button", { name: /^Open messages/ });
  await expect(button).toBeVisible();
  await page.evaluate(() => {
    const element = document.querySelector("parvis-messenger");
    element?.remove();
    if (element) document.body.append(element);
  });
  await button.click();
  await expect(page.getByText("No conversations yet")).toBeVisible();
});

test("storage that is forbidden is not needed", async ({ world }) => {
  await world.known("bob");
  const host = await world.website({
    body: ALL + world.tag(`data-token="${world.server.token("ada")}"`),
  });
  const page = await world.window();
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("forbidden", "SecurityError");
        },
      });
  });
  await page.goto(host.origin);
  await openWith(page, "Bob");
  await send(page, "Without a memory");
  await expect(log(page).getByText("Sent", { exact: true })).toBeVisible();
});
