import type { Problem } from "./problem.ts";

/** Says that something changed: once per microtask, however much did. */
export class Announcer extends EventTarget {
  #notice = false;

  protected changed(): void {
    if (this.#notice) return;
    this.#notice = true;
    queueMicrotask(() => {
      this.#notice = false;
      this.dispatchEvent(new Event("change"));
    });
  }

  /** For what no caller waits for. */
  protected readonly complain = (problem: Problem): void => {
    if (!problem.passing) this.tell("problem", problem);
  };

  protected tell<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
