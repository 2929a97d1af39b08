// What somebody hears who goes through the messages without seeing them: each said once, by whom and when, and nothing else.
import { expect } from "@playwright/test";
import { test } from "../harness/gallery.ts";

test("a direct conversation, as it is heard", async ({ look }) => {
  const page = await look({ case: "conversation", lang: "en" });
  await expect(page.getByRole("log")).toMatchAriaSnapshot(`
    - log "Messages with Claire Delmas":
      - /children: deep-equal
      - paragraph: Tuesday, March 10
      - article "Claire Delmas, 1:30 PM":
        - paragraph: /Bonjour Camille/
        - button "Message actions"
      - article "You, 1:40 PM":
        - paragraph: /bien sûr/
        - button "Message actions"
      - article "You, 1:41 PM":
        - paragraph: /un catalogue en ligne/
        - button "Message actions"
        - paragraph: Read
      - article "Claire Delmas, 3:30 PM":
        - paragraph:
          - text: "Tout est là :"
          - link "https://example.org/catalogue?rayon=voyage(atlas) (opens in a new tab)"
          - text: ", avec les notices."
        - button "Message actions"
      - article "Claire Delmas, 3:31 PM":
        - paragraph: /Prenez votre temps/
        - button "Message actions"
      - paragraph: Today
      - article "You, 12:10 PM":
        - paragraph: /tout lu dans le train/
        - text: edited
        - button "Message actions"
      - article "You, 12:11 PM": Message withdrawn
      - article "You, 1:30 PM":
        - paragraph: /Seriez-vous libre demain/
        - button "Message actions"
        - paragraph: Read
      - paragraph: New messages
      - article "Claire Delmas, 3:24 PM":
        - paragraph: Avec plaisir.
        - button "Message actions"
      - article "Claire Delmas, 3:25 PM":
        - blockquote: /Camille Martin Seriez-vous libre demain/
        - paragraph: /Je viendrai avec un exemplaire/
        - button "Message actions"
      - article "Claire Delmas, 3:27 PM":
        - paragraph: À demain !
        - button "Message actions"
      - paragraph: Claire Delmas is typing
  `);
});

test("a group, as it is heard", async ({ look }) => {
  const page = await look({ case: "group", lang: "en" });
  await expect(page.getByRole("log")).toMatchAriaSnapshot(`
    - log "Messages with Lecture de samedi":
      - /children: deep-equal
      - paragraph: Today
      - paragraph: You created the group “Lecture”
      - paragraph: You added Youssef Benali, Mei Lin, and Claire Delmas
      - article "Youssef Benali, 2:30 PM":
        - paragraph: /la lecture de samedi/
        - button "Message actions"
      - article "Claire Delmas, 2:35 PM":
        - paragraph: Moi !
        - button "Message actions"
      - article "Claire Delmas, 2:36 PM":
        - paragraph: /les planches originales/
        - button "Message actions"
      - paragraph: Youssef Benali named the group “Lecture de samedi”
      - paragraph: Youssef Benali changed the group’s picture
      - paragraph: You made Mei Lin admin
      - paragraph: Tom O’Brien left the group
      - article "You, 2:50 PM":
        - paragraph: /je réserve la salle/
        - button "Message actions"
        - paragraph: Sent
      - article "Youssef Benali, 3:18 PM":
        - paragraph: Merci à toutes les deux
        - button "Message actions"
  `);
});

test("going from message to message by the arrows, one hears what it says", async ({ look }) => {
  for (const [name, words] of [
    ["conversation", "À demain !"],
    ["group", "Merci à toutes les deux"],
    ["room", "Est-ce que les conférences sont enregistrées ?"],
  ] as const) {
    const page = await look({ case: name, lang: "en" });
    const last = page.getByRole("article").last();
    await expect(last).toHaveAccessibleDescription(words);
    await last.press("ArrowUp");
    await expect(page.getByRole("article").nth(-2)).toBeFocused();
  }
  const page = await look({ case: "conversation", lang: "en" });
  await expect(page.getByRole("article", { name: "You, 12:11 PM" })).toHaveAccessibleDescription(
    "Message withdrawn",
  );
});

test("what has not gone out says so", async ({ look }) => {
  const page = await look({ case: "failed", lang: "en" });
  await expect(page.getByRole("log")).toMatchAriaSnapshot(`
    - article "Not sent":
      - paragraph: /pas parti/
      - alert: Not sent · That was a little fast. Wait a moment and try again.
      - paragraph:
        - button "Try again"
        - button "Discard"
    - article "Sending…":
      - paragraph: /en route/
      - paragraph: Sending…
  `);
});
