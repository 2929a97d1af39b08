import { expect, test } from "vitest";
import { chosen, element, PIECES, type Piece } from "./tags.ts";

const piece = (tag: string) => PIECES.find((one) => one.tag === tag) as Piece;
const tag = (name: string, query: string) =>
  element(piece(name), chosen(piece(name), new URLSearchParams(query)));

test.each([
  ["parvis-messenger", "", "<parvis-messenger></parvis-messenger>"],
  [
    "parvis-messenger",
    "position=left&open",
    '<parvis-messenger position="left" open></parvis-messenger>',
  ],
  ["parvis-messenger", "position=up", "<parvis-messenger></parvis-messenger>"],
  ["parvis-chatbox", "room=a%22%3Cb", '<parvis-chatbox room="a&quot;&lt;b"></parvis-chatbox>'],
  [
    "parvis-direct-messages",
    "matchmaking&list-template=3",
    '<parvis-direct-messages matchmaking list-template="3"></parvis-direct-messages>',
  ],
])("%s with %j", (name, query, expected) => {
  expect(tag(name, query)).toBe(expected);
});
