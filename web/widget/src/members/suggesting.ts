import type { ReactiveController, ReactiveControllerHost } from "lit";
import { addTexts } from "../i18n/i18n.ts";

/** Fetches suggestions and the choice of interests, with their sentences, once somebody needs them. */
export class Suggesting implements ReactiveController {
  /** They are there. */
  ready = false;
  #asked = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly needed: () => boolean,
    private readonly failed: (error: unknown) => void,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#asked || !this.needed()) return;
    this.#asked = true;
    Promise.all([import("../suggestions/suggestions.ts"), addTexts("suggestions")]).then(
      () => {
        this.ready = true;
        this.host.requestUpdate();
      },
      (error) => {
        this.#asked = false;
        this.failed(error);
      },
    );
  }
}
