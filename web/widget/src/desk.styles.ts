import { css } from "lit";

export const deskStyles = css`
  .banner {
    display: flex;
    align-items: center;
    gap: 10px;
    flex: none;
    padding: 8px 16px;
    background: var(--p-warn-soft);
    font-size: 13px;
    /* A moment without connection is not worth a word. */
    animation: arrive 0.2s 1.5s both;
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
    padding-inline: 5px;
    font-size: 11px;
    pointer-events: none;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      margin-block-end: -36px;
    }
  }
`;
