import { expect, it } from "vitest";
import type { Author, Message, Present } from "#client";
import { reportForm } from "./forms.ts";
import type { RoomContext } from "./scene.ts";

const bob = { id: "bob", login: "bob", name: "Bob" };

it("somebody is reported from where it happened, so that those who moderate there see it", async () => {
  const told: unknown[] = [];
  const ctx = {
    i18n: { t: (key: string) => key },
    client: { report: async (...what: unknown[]) => void told.push(what) },
  } as unknown as RoomContext;
  const author = { kind: "member", ...bob } as Author;
  const said = { id: "lobby.7", conversation_id: "lobby", author } as Message;
  await reportForm(ctx, "lobby", bob as Present).send({ reason: "Noise" });
  await reportForm(ctx, "lobby", said).send({ reason: "Noise" });
  expect(told).toEqual([
    [{ member: "bob", conversation: "lobby" }, "Noise"],
    [{ message: "lobby.7" }, "Noise"],
  ]);
});
