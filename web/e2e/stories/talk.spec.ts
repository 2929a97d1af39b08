import { expect, log, openWith, send, test, writing } from "../harness/index.ts";

test("two people talk in two windows", async ({ world }) => {
  await world.known("bob");
  const ada = await world.visit("ada");
  const bob = await world.visit("bob");
  await openWith(ada, "Bob");
  await send(ada, "Hello Bob");
  await expect(log(ada).getByText("Hello Bob")).toBeVisible();

  // The badge, then the conversation, then the answer.
  await bob.getByRole("button", { name: "Open messages, 1 unread message" }).click();
  await bob.getByRole("button", { name: /Ada/ }).first().click();
  await expect(log(bob).getByText("Hello Bob")).toBeVisible();
  await expect(log(ada).getByText("Read", { exact: true })).toBeVisible();

  await writing(bob).pressSequentially("Hi");
  await expect(ada.getByText("typing…")).toBeVisible();
  await writing(bob).press("Enter");
  await expect(log(ada).getByText("Hi", { exact: true })).toBeVisible();
  await expect(ada.getByText("typing…")).toBeHidden();
  // Said once to who listens, not looks.
  await expect(ada.getByRole("status").filter({ hasText: "Bob: Hi" })).toHaveCount(1);
});

test("an author edits and withdraws; the other sees it", async ({ world }) => {
  const id = await (async () => {
    await world.known("bob", "ada");
    return world.conversation("ada", "bob");
  })();
  await world.say("ada", id, "Fisrt", "Second");
  const ada = await world.visit("ada");
  const bob = await world.visit("bob");
  for (const [page, name] of [
    [ada, /Bob/],
    [bob, /Ada/],
  ] as const) {
    await page.getByRole("button", { name: /^Open messages/ }).click();
    await page.getByRole("button", { name }).first().click();
    await expect(log(page).getByText("Fisrt")).toBeVisible();
  }
  const menuOf = async (text: string) => {
    const message = log(ada).getByRole("article").filter({ hasText: text });
    await message.focus();
    await message.press("Enter");
  };
  await menuOf("Fisrt");
  await ada.getByRole("menuitem", { name: "Edit" }).click();
  await expect(writing(ada)).toHaveValue("Fisrt");
  await writing(ada).fill("First");
  await writing(ada).press("Enter");
  await expect(log(bob).getByText("First")).toBeVisible();
  await expect(log(bob).getByText("edited")).toBeVisible();

  await menuOf("Second");
  await ada.getByRole("menuitem", { name: "Withdraw" }).click();
  await ada.getByRole("dialog").getByRole("button", { name: "Withdraw" }).last().click();
  await expect(log(bob).getByText("Message withdrawn")).toBeVisible();
  await expect(log(bob).getByText("Second")).toHaveCount(0);
});

test("deleted from one's list, a conversation comes back with the next message", async ({
  world,
}) => {
  await world.known("bob", "ada");
  const id = await world.conversation("ada", "bob");
  await world.say("ada", id, "Before");
  const bob = await world.visit("bob");
  await bob.getByRole("button", { name: /^Open messages/ }).click();
  const row = bob
    .getByRole("list", { name: "Conversations" })
    .getByRole("button", { name: /^Ada/ });
  await row.focus();
  await row.press("Delete");
  await expect(row).toHaveCount(0);
  await world.say("ada", id, "After");
  await row.click();
  await expect(log(bob).getByText("Before")).toBeVisible();
  await expect(log(bob).getByText("After")).toBeVisible();
});

test("a long history comes by pages, and one's place is kept", async ({ world }) => {
  await world.known("bob", "ada");
  const id = await world.conversation("ada", "bob");
  await world.say("ada", id, ...Array.from({ length: 130 }, (_, n) => `Line ${n + 1}.`));
  const bob = await world.visit("bob");
  await bob.getByRole("button", { name: /^Open messages/ }).click();
  await bob.getByRole("button", { name: /Ada/ }).first().click();
  await expect(log(bob).getByText("Line 130.", { exact: true })).toBeVisible();
  await expect(log(bob).getByText("Line 1.", { exact: true })).toHaveCount(0);
  const first = log(bob).getByText("Line 1.", { exact: true });
  await expect(async () => {
    await log(bob).hover();
    await bob.mouse.wheel(0, -4_000);
    await expect(first).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await first.scrollIntoViewIfNeeded();
  // Somebody who reads old messages isn't thrown to the end by a new one.
  await world.say("ada", id, "Line 131.");
  await bob.getByRole("button", { name: "Go to the latest messages" }).click();
  await expect(log(bob).getByText("Line 131.", { exact: true })).toBeInViewport();
});

test("what looks like markup stays text; links open safely; long words don't break the box", async ({
  world,
}) => {
  await world.known("bob");
  const ada = await world.visit("ada");
  await openWith(ada, "Bob");
  await send(ada, "<img src=x onerror=\"document.title='broken'\"> <b>bold</b>");
  await expect(log(ada).getByText("<b>bold</b>")).toBeVisible();
  await send(ada, "See https://example.org/a?b=1&c=2 there");
  const link = log(ada).getByRole("link");
  await expect(link).toHaveAttribute("href", "https://example.org/a?b=1&c=2");
  await expect(link).toHaveAttribute("rel", /noopener/);
  await send(ada, "javascript:alert(1)");
  await expect(log(ada).getByRole("link")).toHaveCount(1);
  await send(ada, `${"w".repeat(400)} 👩‍👩‍👧‍👦🏳️‍🌈`);
  await expect(log(ada).getByText("👩‍👩‍👧‍👦")).toBeVisible();
  const wide = await log(ada).evaluate((box) => box.scrollWidth > box.clientWidth);
  expect(wide).toBe(false);
  expect(await ada.title()).toBe("A website");
});

test("too long a message is not sent, and nothing typed is lost", async ({ world }) => {
  await world.known("bob");
  const ada = await world.visit("ada");
  await openWith(ada, "Bob");
  await writing(ada).fill("x".repeat(4_001));
  await writing(ada).press("Enter");
  await expect(ada.getByText("1 character too many")).toBeVisible();
  await expect(writing(ada)).toHaveValue("x".repeat(4_001));
  await writing(ada).fill("x".repeat(4_000));
  await writing(ada).press("Enter");
  await expect(writing(ada)).toHaveValue("");
  await expect(log(ada).getByText("Sent", { exact: true })).toBeVisible();
});

test("the tabs of one member stay in step", async ({ world }) => {
  await world.known("bob", "ada");
  const id = await world.conversation("ada", "bob");
  await world.say("ada", id, "One");
  const first = await world.visit("bob");
  const second = await first.context().newPage();
  await second.goto(first.url());
  await expect(second.getByRole("button", { name: /1 unread message/ })).toBeVisible();
  await first.getByRole("button", { name: /^Open messages/ }).click();
  await first.getByRole("button", { name: /Ada/ }).first().click();
  await expect(log(first).getByText("One")).toBeVisible();
  await first.bringToFront();
  await expect(second.getByRole("button", { name: "Open messages", exact: true })).toBeVisible();
  await send(first, "From the first tab");
  await second.getByRole("button", { name: /^Open messages/ }).click();
  await expect(second.getByText("You: From the first tab")).toBeVisible();
});
