import { css } from "lit";

/** What happened: quiet, in the middle, and close to what happened with it. */
export const systemStyles = css`
  .system {
    margin-block: 12px;
    padding-inline: 24px;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .system + .system {
    margin-block-start: -6px;
  }
`;
