import { css } from "lit";

/** The ways to the newest message, and back to what was new. */
export const latestStyles = css`
  .latest {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: fit-content;
    display: flex;
    align-items: center;
    gap: var(--p-space-2);
    min-block-size: var(--p-hit);
    min-inline-size: var(--p-hit);
    padding: var(--p-space-2);
    justify-content: center;
    border-radius: 99px;
    border: 1px solid light-dark(var(--p-line), #474d5a);
    background: var(--p-raised);
    color: var(--p-accent-text);
    box-shadow: var(--p-shadow-small);
    font-size: var(--p-type-4);
    font-weight: 600;
    animation: rise var(--p-calm) var(--p-ease);
  }
  .since {
    inset-block: 12px auto;
  }
  .latest:has(.label) {
    padding-inline: var(--p-space-3) var(--p-space-4);
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }
`;
