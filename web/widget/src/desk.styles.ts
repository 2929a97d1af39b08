import { css } from "lit";

export const deskStyles = css`
  .banner {
    display: flex;
    align-items: center;
    gap: var(--p-space-2);
    flex: none;
    padding: var(--p-space-2) var(--p-space-4);
    background: var(--p-warn-soft);
    font-size: var(--p-type-3);
    /* A moment without connection is not worth a word. */
    animation: arrive var(--p-calm) 1.5s both;
  }
  .banner.wrong {
    background: var(--p-danger-soft);
    color: var(--p-danger);
    animation-delay: 0s;
  }
  .banner .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .badged {
    position: relative;
    flex: none;
    block-size: var(--p-hit);
  }
  .badged .count {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-end: 0;
    min-inline-size: 18px;
    block-size: 18px;
    padding-inline: var(--p-space-1);
    font-size: var(--p-type-1);
    pointer-events: none;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      margin-block-end: -36px;
    }
  }
`;
