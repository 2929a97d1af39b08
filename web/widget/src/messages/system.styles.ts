import { css } from "lit";

/** What happened: quiet, in the middle, and close to what happened with it. */
export const systemStyles = css`
  .system {
    margin-block: var(--p-space-3);
    padding-inline: var(--p-space-6);
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .system + .system {
    margin-block-start: calc(-1 * var(--p-space-15));
  }
`;
