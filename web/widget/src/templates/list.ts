/** How a list of conversations looks. A fourth is a fourth line, here and where the site chooses (`settings`). */
export interface ListTemplate {
  /** Of people and groups; without, the names begin at the edge. */
  pictures: boolean;
  /** What is new is marked, and can be marked as read. */
  dots: boolean;
}

export const LIST_TEMPLATES: Readonly<Record<number, ListTemplate>> = {
  1: { pictures: true, dots: false },
  2: { pictures: true, dots: true },
  3: { pictures: false, dots: true },
};
