// What is fetched when it is used, each piece with its sentences.
import { addTexts } from "./i18n/i18n.ts";

const PIECES = {
  panel: () => import("./panel.ts"),
  doings: async () => {
    const [doings] = await Promise.all([import("./doings.ts"), addTexts("doings")]);
    return doings;
  },
  more: async () => {
    const [more] = await Promise.all([import("./more.ts"), addTexts("more"), addTexts("doings")]);
    return more;
  },
  buttons: () => import("./buttons.ts"),
  news: () => import("./news/news.ts"),
  shortcuts: async () => {
    const [list] = await Promise.all([import("./shortcuts/shortcuts.ts"), addTexts("shortcuts")]);
    return list;
  },
  calls: () => Promise.all([import("./calls/call-window.ts"), addTexts("calls")]),
  groups: () => Promise.all([import("./groups/groups.ts"), addTexts("groups"), PIECES.more()]),
  rooms: async () => {
    const [rooms] = await Promise.all([
      import("./rooms/chatbox.ts"),
      addTexts("rooms"),
      addTexts("doings"),
    ]);
    return rooms;
  },
};
export type Piece = keyof typeof PIECES;
type Fetched<P extends Piece> = Awaited<ReturnType<(typeof PIECES)[P]>>;

export function fetchPiece<P extends Piece>(piece: P): Promise<Fetched<P>> {
  return PIECES[piece]() as Promise<Fetched<P>>;
}
