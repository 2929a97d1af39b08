// The back-office: somebody of the staff, signed in, at one of its addresses.
import { createHmac } from "node:crypto";
import type { BrowserContextOptions } from "@playwright/test";
import { type AdminCall, expect, type Page, SITE, type World } from "./index.ts";

export const EMAIL = "staff@example.org";
export const PASSWORD = "a long enough password";

export class Office {
  private constructor(
    readonly world: World,
    /** A call of the back-office's API, beside the browser. */
    readonly call: AdminCall,
    private readonly session: { access_token: string },
  ) {}

  static async open(world: World): Promise<Office> {
    const call = await world.server.operator();
    const response = await fetch(`${world.server.origin}/api/v1/admin/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ site: SITE, email: EMAIL, password: PASSWORD }),
    });
    return new Office(world, call, (await response.json()) as { access_token: string });
  }

  /** A list of members, taken in as it stands. */
  async csv(text: string): Promise<void> {
    const response = await fetch(`${this.world.server.origin}/api/v1/admin/members/import`, {
      method: "POST",
      headers: { "content-type": "text/csv", authorization: `Bearer ${this.session.access_token}` },
      body: text,
    });
    if (!response.ok) throw new Error(await response.text());
  }

  address(path = ""): string {
    return `${this.world.server.origin}/admin/${SITE}${path}`;
  }

  /** A window of an operator who signed in before. */
  async visit(path = "", options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.world.window(options);
    await page.addInitScript(
      ([site, session]) => {
        const key = "parvis.admin.sessions";
        if (!localStorage.getItem(key))
          localStorage.setItem(
            key,
            JSON.stringify({ [site as string]: { ...(session as object), sites: [] } }),
          );
      },
      [SITE, this.session],
    );
    await page.goto(this.address(path));
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    return page;
  }

  /** People with populations, found by their login. */
  async people(populations: Record<string, string[]>): Promise<Record<string, string>> {
    const ids: Record<string, string> = {};
    for (const [population, logins] of Object.entries(populations)) {
      await this.call("/populations", "POST", { slug: population, name: population });
      for (const login of logins) {
        const name = `${login[0]?.toUpperCase()}${login.slice(1)}`;
        const body = { login, name, external_id: `u-${login}`, populations: [population] };
        ids[login] = ((await this.call("/members", "POST", body)) as { id: string }).id;
      }
    }
    return ids;
  }
}

export const toast = (page: Page, text: string | RegExp) =>
  page.locator("parvis-toast").getByText(text);

/** The six digits that an authenticator app shows now (RFC 6238). */
export function code(secret: string, now = Date.now()): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/[\s=]/g, "")]
    .map((char) => alphabet.indexOf(char).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const at = (digest[19] ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
