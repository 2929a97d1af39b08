import type { ReactiveController, ReactiveControllerHost } from "lit";

const EVERY = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  for (const listener of listeners) listener();
}

/** Draws its host again twice a minute, so that "5 min ago" stays true. One timer for the page; none when nobody looks. */
export class Clock implements ReactiveController {
  readonly #tick: () => void;

  constructor(host: ReactiveControllerHost) {
    this.#tick = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected(): void {
    listeners.add(this.#tick);
    timer ??= setInterval(tick, EVERY);
  }

  hostDisconnected(): void {
    listeners.delete(this.#tick);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }
}
