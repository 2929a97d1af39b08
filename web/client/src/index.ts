export { createClient } from "./client.ts";
export { type Environment, MemoryStorage, pageEnvironment } from "./environment.ts";
export type * from "./groups/types.ts";
export type * from "./groups/wire.ts";
export { Problem } from "./problem.ts";
export type * from "./rooms/types.ts";
export type * from "./rooms/wire.ts";
export type * from "./types.ts";
export type * from "./wire.ts";
