// Whom a message is for. The server alone decides, and both err on the side of "private". Whatever is private here has
// to be private there: `leads.json` holds what may stand before the sign, and both are tried with it.
/** What shows nothing. What an old browser only does not know yet, a new emoji perhaps, is not among it. */
const NOTHING = String.raw`\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}`;
const GAP = String.raw`[\s\p{Z}${NOTHING}\p{Mn}⠀]*`;
const SIGN = "[@＠﹫]";
const LEADING = new RegExp(`^${GAP}${SIGN}`, "u");
/** What may part one name from the next. */
const SEPARATORS = ",;，،、";
/** One name of the run, and what parts it from the next. */
const NAME = new RegExp(
  `^${GAP}${SIGN}([^\\s\\p{Z}@＠﹫${SEPARATORS}]*)[\\s\\p{Z}${NOTHING}${SEPARATORS}]*`,
  "u",
);
const FRINGE = new RegExp(`[${NOTHING}]|[.,;:!?…)\\]]+$`, "gu");
/** What is being written just before the caret. */
const STARTED = /(?:^|[\s\p{Z}(])[@＠﹫]([^\s\p{Z}@＠﹫]{0,60})$/u;
const MENTION = /(?<![\p{L}\p{N}_.-])@([\p{L}\p{N}_.-]+)/gu;

export interface Address {
  /** As typed, without the sign. */
  logins: string[];
  /** What follows them. */
  text: string;
}

/** Whether the server might send it to some alone. */
export function isAside(text: string): boolean {
  return LEADING.test(text);
}

/** The names at the beginning, and the text behind them; null when it is for everybody. */
export function addressOf(text: string): Address | null {
  if (!isAside(text)) return null;
  const logins: string[] = [];
  let rest = text;
  for (let found = NAME.exec(rest); found; found = NAME.exec(rest)) {
    logins.push(found[1] ?? "");
    rest = rest.slice(found[0].length);
  }
  return { logins, text: rest.trim() };
}

/** Logins compare so. */
export function plain(login: string): string {
  return login.normalize("NFKC").replace(FRINGE, "").toLowerCase();
}

/** Each of them once, as first typed; a sign alone names nobody. The server counts so too. */
export function unique(logins: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const login of logins) {
    const key = plain(login);
    if (key !== "" && !first.has(key)) first.set(key, login);
  }
  return [...first.values()];
}

/** The text of a whisper without those it is for. */
export function spoken(body: string): string {
  return addressOf(body)?.text ?? body;
}

/** Put before what was typed; who is there already is not named twice. */
export function addressed(text: string, logins: readonly string[]): string {
  const before = addressOf(text);
  const named = new Set(before?.logins.map(plain));
  const all = [
    ...(before?.logins.filter((login) => login !== "") ?? []),
    ...logins.filter((login) => !named.has(plain(login))),
  ];
  return `${all.map((login) => `@${login}`).join(" ")} ${before?.text ?? text.trimStart()}`;
}

/** The beginning of a name that stands before the caret, and where its sign is. */
export function started(text: string, caret: number): { prefix: string; at: number } | null {
  const found = STARTED.exec(text.slice(0, caret));
  if (!found) return null;
  const prefix = found[1] ?? "";
  return { prefix, at: caret - prefix.length - 1 };
}

/** The text with the name in place of its beginning, and where the caret then stands. */
export function completed(
  text: string,
  caret: number,
  at: number,
  login: string,
): { text: string; caret: number } {
  const name = `@${login} `;
  const rest = text.slice(caret).replace(/^ /, "");
  return { text: text.slice(0, at) + name + rest, caret: at + name.length };
}

export type Word = string | { login: string; text: string };

/** A text cut at the names of those whom it mentions. */
export function words(text: string, logins: readonly string[]): Word[] {
  const known = new Set(logins.map(plain));
  if (known.size === 0) return [text];
  const result: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(MENTION)) {
    const login = plain(match[1] ?? "");
    if (!known.has(login)) continue;
    const shown = match[0].slice(0, login.length + 1);
    if (match.index > end) result.push(text.slice(end, match.index));
    result.push({ login, text: shown });
    end = match.index + shown.length;
  }
  if (end < text.length) result.push(text.slice(end));
  return result;
}
