/** Tells "restored" when somebody may be suggested again, to whoever shows suggestions on this page. */
export const restored = new EventTarget();
