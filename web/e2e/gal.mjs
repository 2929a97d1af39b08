import { chromium } from "@playwright/test";

const [, , out, ...only] = process.argv;
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const D = { viewport: { width: 1100, height: 720 } },
  P = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const G = "http://127.0.0.1:5199/widget/gallery.html";
const shots = [
  ["section", D, "case=list&element=direct-messages&contact-requests=1", null],
  [
    "section-dark",
    { ...D, colorScheme: "dark" },
    "case=list&element=direct-messages&contact-requests=1&lang=en",
    null,
  ],
  ["requests", D, "case=requests&element=direct-messages&contact-requests=1", null],
  ["requests-phone-dark", { ...P, colorScheme: "dark" }, "case=requests", null],
  ["settings", D, "case=settings&element=direct-messages", null],
  ["settings-phone", P, "case=settings", null],
  ["blocked", P, "case=blocked", null],
  ["members", D, "case=list&element=members", null],
  ["members-phone", P, "case=list&element=members", null],
  [
    "profile-contact",
    D,
    "case=list&element=members",
    async (p) => {
      await p.locator(".card").nth(0).click();
    },
  ],
  [
    "profile-ask",
    D,
    "case=list&element=members",
    async (p) => {
      await p.locator(".card").nth(2).click();
      await p.getByRole("button", { name: "Demander la mise en contact" }).click();
    },
  ],
  [
    "profile-received-dark",
    { ...P, colorScheme: "dark" },
    "case=list&element=members",
    async (p) => {
      await p.locator(".card").nth(7).click();
    },
  ],
  [
    "profile-blocked",
    P,
    "case=list&element=members&lang=en",
    async (p) => {
      await p.locator(".card").nth(6).click();
    },
  ],
  ["people", P, "case=people&lang=en", null],
  ["list-phone", P, "case=list", null],
  [
    "list-toast",
    D,
    "case=list",
    async (p) => {
      const r = p.locator(".row").nth(3);
      await r.focus();
      await r.press("Delete");
      await p.waitForTimeout(300);
    },
  ],
  [
    "menu",
    D,
    "case=list",
    async (p) => {
      const r = p.locator(".row").nth(2);
      await r.focus();
      await r.press("Shift+F10");
      await p.waitForTimeout(300);
    },
  ],
  [
    "swipe",
    P,
    "case=list",
    async (p) => {
      const b = await p.locator(".row").nth(2).boundingBox();
      const c = await p.context().newCDPSession(p);
      const y = b.y + 30;
      const t = (type, x) =>
        c.send("Input.dispatchTouchEvent", {
          type,
          touchPoints: type === "touchEnd" ? [] : [{ x, y }],
        });
      await t("touchStart", 350);
      for (let x = 340; x > 90; x -= 20) await t("touchMove", x);
      await t("touchEnd", 0);
      await p.waitForTimeout(400);
    },
  ],
];
for (const [name, opt, q, act] of shots) {
  if (only.length && !only.some((o) => name.startsWith(o))) continue;
  const c = await browser.newContext({ deviceScaleFactor: 1, ...opt });
  const p = await c.newPage();
  p.on("pageerror", (e) => console.log(name, "PAGEERROR", String(e)));
  p.on("console", (m) => m.type() === "error" && console.log(name, m.text()));
  await p.goto(`${G}?${q}`);
  await p.waitForTimeout(900);
  try {
    if (act) {
      await act(p);
      await p.waitForTimeout(400);
    }
  } catch (e) {
    console.log(name, String(e).slice(0, 300));
  }
  await p.screenshot({ path: `${out}/${name}.png` });
  await c.close();
}
await browser.close();
