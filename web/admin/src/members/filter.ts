// The filter of the grid: as it stands in the address, as the API asks for it, and whether two are the same.
import type { Query } from "../shell/api.ts";
import type { FilterForm, View } from "../wire.ts";
import { COLUMNS, type Column, DEFAULT_COLUMNS } from "./columns.ts";

const WORDS = ["query", "population", "badge", "interest", "sanction", "last_seen"] as const;
const SWITCHES = ["connected", "contactable", "chat_enabled"] as const;

/** What the grid shows: a view, and how it was changed since. */
export interface Shown {
  view: string | null;
  filter: FilterForm;
  sort: string;
  columns: Column[];
}

/** From the address. Without changes of its own, a view's filter, sort and columns hold. */
export function readShown(query: URLSearchParams, views: readonly View[]): Shown {
  const id = query.get("view");
  const view = views.find((one) => one.id === id) ?? null;
  const changed = query.has("changed") || !view;
  const columns = query.get("columns")?.split(",") ?? view?.columns;
  return {
    view: view?.id ?? null,
    filter: changed ? readFilter(query) : (view?.filter ?? {}),
    sort: query.get("sort") ?? view?.sort ?? "name",
    columns: known(columns),
  };
}

export function readFilter(query: URLSearchParams): FilterForm {
  const filter: Record<string, unknown> = {};
  for (const name of WORDS) {
    const given = query.get(name);
    if (!given) continue;
    filter[name] = name !== "query" && given.includes(",") ? given.split(",") : given;
  }
  for (const name of SWITCHES) {
    const given = query.get(name);
    if (given === "true" || given === "false") filter[name] = given === "true";
  }
  const attributes = readAttributes(query.get("attributes"));
  if (attributes) filter.attributes = attributes;
  return filter as FilterForm;
}

function readAttributes(text: string | null): FilterForm["attributes"] {
  try {
    const given: unknown = JSON.parse(text ?? "null");
    if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
    const fits = ([, value]: [string, unknown]) =>
      [value].flat().every((one) => typeof one === "string");
    const kept = Object.entries(given).filter(fits);
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  } catch {
    return undefined;
  }
}

/** Into the address, as short as it can be. */
export function writeShown(shown: Shown, views: readonly View[]): URLSearchParams {
  const view = views.find((one) => one.id === shown.view);
  const query = new URLSearchParams();
  if (view) query.set("view", view.id);
  if (!view || !sameFilter(shown.filter, view.filter)) {
    if (view) query.set("changed", "");
    for (const [name, value] of Object.entries(filterQuery(shown.filter)))
      if (value !== undefined) query.set(name, String(value));
  }
  if (shown.sort !== (view?.sort ?? "name")) query.set("sort", shown.sort);
  if (!sameColumns(shown.columns, known(view?.columns)))
    query.set("columns", shown.columns.join(","));
  return query;
}

/** The filter's fields as they stand in the address. */
function filterQuery(filter: FilterForm): Query {
  const query: Query = {};
  for (const name of WORDS) {
    const value = filter[name];
    if (value !== undefined && value !== "")
      query[name] = Array.isArray(value) ? value.join(",") : value;
  }
  for (const name of SWITCHES) query[name] = filter[name];
  if (filter.attributes && Object.keys(filter.attributes).length > 0)
    query.attributes = JSON.stringify(filter.attributes);
  return query;
}

/** The same as the API takes it: what has no field of its own goes together. */
function asked(filter: FilterForm): Query {
  const single: FilterForm = {};
  const more: FilterForm = {};
  for (const [name, value] of Object.entries(filter))
    Object.assign(typeof value === "object" ? more : single, { [name]: value });
  const query = withValues(filterQuery(single));
  return Object.keys(more).length > 0 ? { ...query, filter: JSON.stringify(more) } : query;
}

/** What the API is asked: the view by its name as long as what it asks for still holds. */
export function apiQuery(shown: Shown, views: readonly View[]): Query {
  const view = views.find((one) => one.id === shown.view);
  if (!view) return asked(shown.filter);
  const kept = Object.entries(view.filter).every(([name, value]) =>
    sameFilter({ [name]: value }, { [name]: shown.filter[name as keyof FilterForm] }),
  );
  // What comes on top of a view is asked for beside it.
  if (!kept) return asked(shown.filter);
  const more = Object.entries(shown.filter).filter(([name]) => !(name in view.filter));
  return { view: view.id, ...asked(Object.fromEntries(more)) };
}

function withValues(query: Query): Query {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

/** Whoever the view matches, for a broadcast or a change of many. */
export function audienceOf(
  shown: Shown,
  views: readonly View[],
): { view: string } | { filter: FilterForm } {
  const view = views.find((one) => one.id === shown.view);
  if (view && sameFilter(shown.filter, view.filter)) return { view: view.id };
  return { filter: shown.filter };
}

export function changed(shown: Shown, views: readonly View[]): boolean {
  const view = views.find((one) => one.id === shown.view);
  if (!view) return false;
  return (
    !sameFilter(shown.filter, view.filter) ||
    shown.sort !== (view.sort ?? "name") ||
    !sameColumns(shown.columns, known(view.columns))
  );
}

export function sameFilter(one: FilterForm, other: FilterForm): boolean {
  return canonical(one) === canonical(other);
}

function canonical(filter: FilterForm): string {
  const plain = Object.entries(filter)
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]) => [name, Array.isArray(value) && value.length === 1 ? value[0] : value])
    .sort(([a], [b]) => String(a).localeCompare(String(b)));
  return JSON.stringify(plain);
}

function known(columns: readonly string[] | undefined): Column[] {
  const found = (columns ?? []).filter((name): name is Column =>
    (COLUMNS as readonly string[]).includes(name),
  );
  return found.length > 0 ? found : [...DEFAULT_COLUMNS];
}

function sameColumns(one: readonly string[], other: readonly string[]): boolean {
  return one.join() === other.join();
}

/** How many conditions are set, the words searched for aside. */
export function conditions(filter: FilterForm): number {
  return Object.entries(filter).filter(([name, value]) => name !== "query" && value !== undefined)
    .length;
}
