/** How a conversation looks; its bubbles are square in all of them. A fourth is a fourth line, here and where the site chooses. */
export interface DetailTemplate {
  /** Of whoever one talks to: with square corners, round, or none. */
  pictures: "square" | "round" | null;
}

export const DETAIL_TEMPLATES: Readonly<Record<number, DetailTemplate>> = {
  1: { pictures: "square" },
  2: { pictures: "round" },
  3: { pictures: null },
};
