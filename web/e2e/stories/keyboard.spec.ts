// Everything that one does every day, without a pointer: the focus is seen wherever it stands, and is never lost.
import { expect, log, type Page, row, test, writing } from "../harness/index.ts";

/** What has the focus, through the shadow roots; null: nothing has. */
interface Stop {
  name: string;
  seen: boolean;
  inside: string;
}

function stop(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const around: Element[] = [];
    for (let one = document.activeElement; one; one = one.shadowRoot?.activeElement ?? null)
      around.push(one);
    const at = around.at(-1);
    if (!at || at === document.body || at === document.documentElement) return null;
    const drawn = (one: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      // The browser's own is "auto", and as wide as it likes.
      const wide = outlineStyle === "auto" || Number.parseFloat(outlineWidth) >= 2;
      return (outlineStyle !== "none" && wide) || boxShadow !== "none";
    };
    // A field's frame may show it, and so may what lies over a hidden box; a title is nothing to press.
    const seen =
      at.localName === "h2" ||
      [at, at.parentElement, at.nextElementSibling].some((one) => one && drawn(one));
    const inside = around.find((one) => one.localName.startsWith("parvis-"))?.localName ?? "page";
    return {
      name: `${at.localName}.${at.className} ${at.ariaLabel ?? at.textContent}`.trim(),
      seen,
      inside,
    };
  });
}

/** A key, and the focus is somewhere, and seen. */
async function press(page: Page, ...keys: string[]): Promise<Stop> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await expect
      .poll(() => stop(page), { message: `the focus is lost after ${key}` })
      .not.toBeNull();
    await expect
      .poll(async () => (await stop(page))?.seen, {
        message: `after ${key} it can't be seen: ${(await stop(page))?.name}`,
      })
      .toBe(true);
  }
  return (await stop(page)) as Stop;
}

/** By the tab key alone, to what is called so. */
async function tabTo(page: Page, name: RegExp, key = "Tab"): Promise<void> {
  const passed: string[] = [];
  for (let steps = 0; steps < 30; steps += 1) {
    const at = await press(page, key);
    if (name.test(at.name)) return;
    passed.push(at.name);
  }
  throw new Error(`${name} is not reached: ${passed.join(" | ")}`);
}

test("the main ways, by keyboard alone", async ({ world }) => {
  test.setTimeout(90_000);
  await world.known("ada", "bob", "carla");
  const talk = await world.conversation("carla", "ada");
  await world.say("carla", talk, "Good morning");
  const page = await world.visit(
    "ada",
    "<button>Before</button><parvis-messenger></parvis-messenger><button>After</button>",
  );
  const box = page.getByRole("dialog", { name: "Messages" });
  const launcher = page.getByRole("button", { name: /^Open messages/ });
  await expect(launcher).toBeVisible();

  await tabTo(page, /^button\.launcher Open messages/);
  await press(page, "Enter");
  await expect(row(page, "Carla")).toBeFocused();

  // Searched, found, written to.
  await tabTo(page, /New chat/, "Shift+Tab");
  await press(page, "Enter");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("bo");
  await expect(page.getByRole("button", { name: /Bob/ }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /Carla/ })).toHaveCount(0);
  await press(page, "ArrowDown", "Enter");
  await expect(writing(page)).toBeFocused();
  await page.keyboard.type("Helo Bob");
  await press(page, "Enter");
  await expect(log(page).getByText("Sent", { exact: true })).toBeVisible();

  // Mended, from the empty field.
  await press(page, "ArrowUp");
  await expect(page.getByText("Editing your message")).toBeVisible();
  await press(page, "Home", "ArrowRight", "ArrowRight", "ArrowRight");
  await page.keyboard.type("l");
  await press(page, "Enter");
  await expect(log(page).getByText("Hello Bob")).toBeVisible();
  await expect(writing(page)).toBeFocused();

  // Back in the list: the menu of a row, and the mark.
  await tabTo(page, /Back$/, "Shift+Tab");
  await press(page, "Enter");
  await expect(box.getByRole("list", { name: "Conversations" })).toBeVisible();
  await press(page, "Home", "Shift+F10");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await expect(page.getByRole("menuitem", { name: "Mark as unread" })).toBeFocused();
  await press(page, "Enter");
  await expect(row(page, "Bob")).toHaveClass(/unread/);

  // The settings: news off, and the list of keys.
  await tabTo(page, /My settings/, "Shift+Tab");
  await press(page, "Enter");
  const news = page
    .getByRole("checkbox", { name: /new messages/i })
    .or(page.getByRole("switch", { name: /new messages/i }));
  await expect(news).toBeChecked();
  for (let steps = 0; steps < 12; steps += 1) {
    await press(page, "Tab");
    if (await news.evaluate((one) => one.matches(":focus"))) break;
  }
  await expect(news).toBeFocused();
  await press(page, "Space");
  await expect(news).not.toBeChecked();
  await press(page, "?");
  const keys = page.getByRole("dialog", { name: /keyboard/i });
  await expect(keys).toBeVisible();
  await press(page, "Escape");
  await expect(keys).toBeHidden();
  await expect(news).toBeFocused();

  // Out of the box to the page, and back; then closed.
  await tabTo(page, /^button\. After/);
  expect((await press(page, "Shift+Tab")).inside).toBe("parvis-messenger");
  await tabTo(page, /^button\. Before/, "Shift+Tab");
  expect((await press(page, "Tab")).inside).toBe("parvis-messenger");
  await press(page, "Escape");
  await expect(box).toBeHidden();
  await expect(launcher).toBeFocused();
});
