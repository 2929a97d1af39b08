// Member tokens as the page hands them over. They are read only to see whether two speak of the same member.

import type { Environment } from "./environment.ts";
import { asJson } from "./json.ts";
import { Problem, problemFrom } from "./problem.ts";

/** From the page's own address: as text, a JSON string, or `{"token": "…"}`. Null when nobody is signed in there. */
export async function fetchToken(environment: Environment, url: string): Promise<string | null> {
  let response: Response;
  try {
    response = await environment.fetch(url, { credentials: "include", cache: "no-store" });
  } catch {
    throw Problem.unreachable();
  }
  if (response.status >= 500 || response.status === 429) throw await problemFrom(response);
  const text = response.ok ? (await response.text()).trim() : "";
  if (!/^["{]/.test(text)) return text || null;
  try {
    const answer: unknown = JSON.parse(text);
    const token = typeof answer === "string" ? answer : (answer as { token?: unknown }).token;
    return typeof token === "string" && token !== "" ? token : null;
  } catch {
    return null;
  }
}

function claims(token: string): Record<string, unknown> {
  try {
    const part = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Equal for tokens that differ in their times alone: the session that one made serves the other. */
export function fingerprint(token: string): string {
  const { exp: _exp, iat: _iat, nbf: _nbf, jti: _jti, ...rest } = claims(token);
  const text = asJson(Object.keys(rest).length > 0 ? rest : token);
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  return `${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}-${text.length.toString(36)}`;
}

/** When it stops making sessions, in milliseconds. */
export function endOf(token: string): number {
  const { exp } = claims(token);
  return typeof exp === "number" ? exp * 1000 : Number.POSITIVE_INFINITY;
}

/** Whether it can still make a session. */
export function outlives(token: string, now: number): boolean {
  return endOf(token) > now;
}
