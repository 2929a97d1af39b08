export type * from "./types.ts";
export type * from "./wire.ts";
