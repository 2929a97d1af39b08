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
    gap: 8px;
    min-block-size: var(--p-hit);
    min-inline-size: var(--p-hit);
    padding: 8px;
    justify-content: center;
    border-radius: 22px;
    border: 1px solid light-dark(var(--p-line), #474d5a);
    background: var(--p-raised);
    color: var(--p-accent-text);
    box-shadow: var(--p-shadow-small);
    font-size: 14px;
    font-weight: 600;
    animation: rise 0.2s var(--p-ease);
  }
  .since {
    inset-block: 12px auto;
  }
  .latest:has(.label) {
    padding-inline: 12px 16px;
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }
`;
