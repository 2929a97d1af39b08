import type { Key } from "../i18n/texts.ts";

/** What can be done by keyboard: names of keys as `KeyboardEvent.key` has them; each row of keys does the same. */
export interface Shortcut {
  does: Key;
  keys: readonly (readonly string[])[];
}
export interface Group {
  title: Key;
  shortcuts: readonly Shortcut[];
}

const everywhere: Group = {
  title: "shortcuts.everywhere",
  shortcuts: [
    { does: "shortcuts.this", keys: [["?"]] },
    { does: "shortcuts.next", keys: [["Tab"]] },
    { does: "shortcuts.back", keys: [["Escape"]] },
  ],
};
const lists: Group = {
  title: "shortcuts.lists",
  shortcuts: [
    { does: "shortcuts.move", keys: [["ArrowUp"], ["ArrowDown"]] },
    { does: "shortcuts.ends", keys: [["Home"], ["End"]] },
    { does: "shortcuts.open", keys: [["Enter"]] },
    { does: "shortcuts.menu", keys: [["Shift", "F10"], ["ContextMenu"]] },
  ],
};
const takeOut: Shortcut = { does: "shortcuts.delete", keys: [["Delete"]] };
const messages: Group = {
  title: "shortcuts.messages",
  shortcuts: [
    { does: "shortcuts.move", keys: [["ArrowUp"], ["ArrowDown"]] },
    { does: "shortcuts.menu", keys: [["Enter"]] },
  ],
};
const writing: Group = {
  title: "shortcuts.writing",
  shortcuts: [
    { does: "shortcuts.send", keys: [["Enter"]] },
    { does: "shortcuts.line", keys: [["Shift", "Enter"]] },
    { does: "shortcuts.edit", keys: [["ArrowUp"]] },
  ],
};
const whisper: Shortcut = { does: "shortcuts.whisper", keys: [["@"]] };

/** What there is in one of the elements, by its name. */
export function shortcutsOf(element: string): readonly Group[] {
  if (element === "parvis-members") return [everywhere, lists];
  if (element === "parvis-chatbox")
    return [
      everywhere,
      { ...writing, shortcuts: [...writing.shortcuts, whisper] },
      messages,
      lists,
    ];
  return [everywhere, { ...lists, shortcuts: [...lists.shortcuts, takeOut] }, writing, messages];
}
