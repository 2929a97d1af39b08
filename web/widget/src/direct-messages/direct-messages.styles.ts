import { css } from "lit";

export const directMessagesStyles = css`
  :host {
    block-size: 640px;
  }
  .root {
    block-size: 100%;
    container-type: inline-size;
  }
  .frame {
    position: relative;
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(280px, 360px) minmax(0, 1fr);
    block-size: 100%;
    overflow: hidden;
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    background: var(--p-surface);
    color: var(--p-text);
  }
  .frame.alone {
    grid-template-columns: 1fr;
  }
  /* Over both, so that it is seen where there is one of them alone. */
  .banner {
    grid-area: 1 / 1 / 2 / -1;
  }
  .side,
  .main {
    grid-row: 2;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .side {
    border-inline-end: 1px solid var(--p-line);
  }
  .frame.detail {
    --p-toast-end: 88px;
  }
  .side > parvis-conversation-list,
  .main > [data-shown] {
    flex: 1;
    min-block-size: 0;
  }
  .main > .notice {
    margin: auto;
  }
  @container (max-width: 639.98px) {
    .frame {
      grid-template-columns: 1fr;
    }
    .side {
      border: 0;
    }
    .frame.list > .main,
    .frame.detail > .side {
      display: none;
    }
  }
`;
