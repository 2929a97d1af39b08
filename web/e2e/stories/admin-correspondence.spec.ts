// The conversation with a participant, in their window.
import { Office } from "../harness/admin.ts";
import { expect, type Page, test } from "../harness/index.ts";

const name = (page: Page, text: string) =>
  page.getByRole("table", { name: "Members" }).getByRole("link", { name: text, exact: true });

test("what a member writes while the window loads, or as the first word, appears", async ({
  world,
}) => {
  const office = await Office.open(world);
  await office.people({ visitors: ["ada", "bob"] });
  const writes = async (login: string, body: string) => {
    const opened = (await world.api(login, "/conversations", "POST", { kind: "organizer" })) as {
      id: string;
    };
    await world.say(login, opened.id, body);
  };
  await writes("ada", "One");
  const page = await office.visit("/members");
  const heard = new Promise<void>((done) => {
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => String(payload).includes('"Two"') && done()),
    );
  });
  await page.reload();
  // The answer is made now, and comes when the second message is here.
  let [asked, letThrough] = [() => {}, () => {}];
  const answered = new Promise<void>((done) => {
    asked = done;
  });
  const late = new Promise<void>((done) => {
    letThrough = done;
  });
  await page.route(/\/conversations\/[^/]+\/messages\?/, async (route) => {
    const response = await route.fetch();
    asked();
    await late;
    await route.fulfill({ response });
  });
  await name(page, "Ada").click();
  const ada = page.getByRole("dialog", { name: "Ada" });
  await ada.getByRole("link", { name: "Messages" }).click();
  await answered;
  await writes("ada", "Two");
  await heard;
  letThrough();
  await expect(ada.getByRole("log").getByText("One")).toBeVisible();
  await expect(ada.getByRole("log").getByText("Two")).toBeVisible();
  await page.keyboard.press("Escape");

  await name(page, "Bob").click();
  const bob = page.getByRole("dialog", { name: "Bob" });
  const none = page.waitForResponse(/\/members\/[^/]+\/messages/);
  await bob.getByRole("link", { name: "Messages" }).click();
  await none;
  await writes("bob", "The first word");
  await expect(bob.getByRole("log").getByText("The first word")).toBeVisible();
});
