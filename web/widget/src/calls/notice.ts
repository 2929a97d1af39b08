import type { I18n } from "../i18n/i18n.ts";
import { pageTitle } from "../news/title.ts";
import type { Meeting } from "./meeting.ts";

/** Whoever looks elsewhere is told that it rings: by the page's title and, if that was allowed, by the system. */
export class Notice {
  #told: Notification | null = null;
  #about: Meeting | null = null;

  about(meeting: Meeting | null, i18n: I18n): void {
    const rings = meeting?.phase === "incoming";
    if (!rings) return this.clear();
    if (meeting === this.#about) return;
    this.#about = meeting;
    const text = i18n.t("calls.notify", { name: meeting.other.name });
    pageTitle.call(`📞 ${text}`);
    if (document.hidden && globalThis.Notification?.permission === "granted") this.#show(text);
  }

  #show(text: string): void {
    try {
      this.#told = new Notification(text, { requireInteraction: true, tag: "parvis-call" });
      this.#told.addEventListener("click", () => window.focus());
    } catch {
      // Browsers of phones leave it to service workers, which belong to the page.
    }
  }

  clear(): void {
    this.#about = null;
    this.#told?.close();
    this.#told = null;
    pageTitle.call(null);
  }
}
