import { css } from "lit";

export const chatboxStyles = css`
  :host {
    block-size: 640px;
    /* What is between some alone has a colour of its own, whatever the site's accent. */
    --p-aside: light-dark(#f6efff, #2b2140);
    --p-aside-line: light-dark(#b794e8, #7f62b3);
    --p-aside-text: light-dark(#6a2fb0, #cdb2f7);
    --p-named: light-dark(#fff4d6, #3b3217);
    --p-named-mark: light-dark(#ffe08a, #6b5714);
  }
  :host([compact]) {
    block-size: 520px;
  }
  .root {
    block-size: 100%;
  }
  .frame {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden;
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    background: var(--p-surface);
    color: var(--p-text);
    --p-toast-end: 88px;
  }
  .frame > * {
    flex: 1;
    min-block-size: 0;
  }
  .frame > parvis-toast,
  .frame > .quietly {
    flex: none;
  }
  .frame > .notice {
    flex: none;
  }
`;
