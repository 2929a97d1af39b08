// The contact rules as a table, population by population, and back.
import type { Right, Rule, RuleTo } from "../wire.ts";

export const RIGHTS: readonly Right[] = ["see", "start", "reply", "call"];
export type Mark = "allow" | "never";
export type Cell = Partial<Record<Right, Mark>>;
/** From a population to "everyone", "population:{slug}" or "view:{id}". */
export type Matrix = ReadonlyMap<string, ReadonlyMap<string, Cell>>;

export function keyOf(to: RuleTo): string {
  if (to === "everyone") return "everyone";
  return "population" in to ? `population:${to.population}` : `view:${to.view}`;
}

export function toOf(key: string): RuleTo {
  const [kind, ...rest] = key.split(":");
  if (kind === "population") return { population: rest.join(":") };
  return kind === "view" ? { view: rest.join(":") } : "everyone";
}

/** A never beats every allow, so a cell holds one mark for each right. */
export function matrixOf(rules: readonly Rule[]): Matrix {
  const matrix = new Map<string, Map<string, Cell>>();
  for (const { from, to, effect, rights } of rules) {
    const row = matrix.get(from) ?? new Map<string, Cell>();
    const cell = { ...row.get(keyOf(to)) };
    for (const right of rights) if (cell[right] !== "never") cell[right] = effect;
    row.set(keyOf(to), cell);
    matrix.set(from, row);
  }
  return matrix;
}

export function rulesOf(matrix: Matrix): Rule[] {
  return [...matrix].flatMap(([from, row]) =>
    [...row].flatMap(([key, cell]) =>
      (["allow", "never"] as const).flatMap((effect) => {
        const rights = RIGHTS.filter((right) => cell[right] === effect);
        return rights.length > 0 ? [{ from, to: toOf(key), effect, rights }] : [];
      }),
    ),
  );
}

export function mark(matrix: Matrix, from: string, to: string, right: Right): Mark | undefined {
  return matrix.get(from)?.get(to)?.[right];
}

export function put(
  matrix: Matrix,
  from: string,
  to: string,
  right: Right,
  value: Mark | undefined,
): Matrix {
  const row = new Map(matrix.get(from));
  const { [right]: _, ...cell } = row.get(to) ?? {};
  row.set(to, value ? { ...cell, [right]: value } : cell);
  return new Map(matrix).set(from, row);
}

/** One row begun again: towards everyone these rights, and nothing else. */
export function putRow(matrix: Matrix, from: string, rights: readonly Right[]): Matrix {
  const cell = Object.fromEntries(rights.map((right) => [right, "allow" as const]));
  return new Map(matrix).set(from, new Map([["everyone", cell]]));
}

/** Nothing, allowed, never, nothing again. */
export function next(value: Mark | undefined): Mark | undefined {
  return value === undefined ? "allow" : value === "allow" ? "never" : undefined;
}

/** What holds in a cell: what stands there, or what is allowed or forbidden towards everyone. */
export function effective(
  matrix: Matrix,
  from: string,
  to: string,
  right: Right,
): Mark | "inherited" | undefined {
  const own = mark(matrix, from, to, right);
  if (own === "never" || to === "everyone") return own;
  const general = mark(matrix, from, "everyone", right);
  if (general === "never") return "never";
  if (own) return own;
  return general === "allow" ? "inherited" : undefined;
}

/** Whether two say the same, in whatever order. */
export function same(one: readonly Rule[], other: readonly Rule[]): boolean {
  const canonical = (rules: readonly Rule[]) =>
    rulesOf(matrixOf(rules))
      .map((rule) => JSON.stringify([rule.from, keyOf(rule.to), rule.effect, rule.rights]))
      .sort()
      .join();
  return canonical(one) === canonical(other);
}
