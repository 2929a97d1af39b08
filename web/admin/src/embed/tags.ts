// The tags that a website pastes, from what was chosen.
export type Option =
  | { name: string; kind: "switch" }
  | { name: string; kind: "choice"; values: string[] }
  | { name: string; kind: "text"; value: string };
export interface Piece {
  tag: string;
  options: Option[];
}

const TEMPLATE = ["1", "2", "3"];
export const PIECES: Piece[] = [
  {
    tag: "parvis-messenger",
    options: [
      { name: "position", kind: "choice", values: ["right", "left"] },
      { name: "open", kind: "switch" },
    ],
  },
  {
    tag: "parvis-direct-messages",
    options: [
      { name: "matchmaking", kind: "switch" },
      { name: "contact-requests", kind: "switch" },
      { name: "list-template", kind: "choice", values: TEMPLATE },
      { name: "detail-template", kind: "choice", values: TEMPLATE },
    ],
  },
  {
    tag: "parvis-chatbox",
    options: [
      { name: "room", kind: "text", value: "lobby" },
      { name: "compact", kind: "switch" },
    ],
  },
  { tag: "parvis-members", options: [] },
  { tag: "parvis-message-button", options: [{ name: "member", kind: "text", value: "login" }] },
  { tag: "parvis-contact-organizer", options: [] },
];

/** The attributes chosen in the address; what is empty is left out. */
export function chosen(piece: Piece, query: URLSearchParams): Record<string, string> {
  const marks: Record<string, string> = {};
  for (const option of piece.options) {
    const given = query.get(option.name);
    if (option.kind === "switch" && given !== null) marks[option.name] = "";
    else if (option.kind === "text") marks[option.name] = given ?? option.value;
    else if (option.kind === "choice" && given && option.values.includes(given))
      marks[option.name] = given;
  }
  return marks;
}

export function element({ tag }: Piece, marks: Record<string, string>): string {
  const attributes = Object.entries(marks).map(([name, value]) =>
    value ? ` ${name}="${escaped(value)}"` : ` ${name}`,
  );
  return `<${tag}${attributes.join("")}></${tag}>`;
}

function escaped(value: string): string {
  return value.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}
