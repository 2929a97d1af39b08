import type { Environment } from "./environment.ts";
import { type Action, EMPTY_STATE } from "./state/actions.ts";
import { reduce } from "./state/reducer.ts";
import type { State } from "./types.ts";
import type { Session } from "./wire.ts";

interface Reducing {
  empty: State;
  reduce(state: State, action: Action, now: number): State;
}

/**
 * Holds the state. What the server tells while an answer is on its way is applied at once and again after the
 * answer, which may be older: every event may be applied twice in order without harm.
 */
export class Store<S extends State = State> {
  state: S;
  readonly #environment: Environment;
  readonly #changed: () => void;
  readonly #how: Reducing;
  #since: Action[] = [];
  #loads = 0;
  #life = 0;

  constructor(
    environment: Environment,
    changed: () => void,
    how: Reducing = { empty: EMPTY_STATE, reduce },
  ) {
    this.#environment = environment;
    this.#changed = changed;
    this.#how = how;
    this.state = how.empty as S;
  }

  /** A member begins: nothing of before holds, answers to earlier questions are dropped. */
  begin(session: Session | null): void {
    this.#life += 1;
    this.#since = [];
    this.#loads = 0;
    this.state = this.#how.empty as S;
    if (session) this.#apply({ type: "local.started", me: session.member.id, site: session.site });
    this.#changed();
  }

  dispatch(action: Action): void {
    if (this.#loads > 0 && !action.type.startsWith("local.")) this.#since.push(action);
    this.#apply(action);
  }

  async load<T>(ask: () => Promise<T>, action: (answer: T) => Action): Promise<T> {
    const life = this.#life;
    const from = this.#since.length;
    this.#loads += 1;
    try {
      const answer = await ask();
      if (life === this.#life)
        for (const one of [action(answer), ...this.#since.slice(from)]) this.#apply(one);
      return answer;
    } finally {
      if (life === this.#life) {
        this.#loads -= 1;
        if (this.#loads === 0) this.#since = [];
      }
    }
  }

  #apply(action: Action): void {
    const before = this.state;
    this.state = this.#how.reduce(before, action, this.#environment.now()) as S;
    if (this.state !== before) this.#changed();
  }
}
