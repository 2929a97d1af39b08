import { css } from "lit";

/** A checkbox with `role="switch"` and the class `switch`. */
export const switchStyles = css`
  .switch {
    appearance: none;
    position: relative;
    flex: none;
    inline-size: 44px;
    block-size: 26px;
    margin: 0;
    border-radius: 99px;
    background: var(--p-field-line);
    cursor: pointer;
    transition: background-color var(--p-calm);
  }
  .switch::before {
    content: "";
    position: absolute;
    inset-block-start: 3px;
    inset-inline-start: 3px;
    inline-size: 20px;
    block-size: 20px;
    border-radius: 50%;
    background: #fff;
    box-shadow: 0 1px 3px rgb(0 0 0 / 25%);
    transition: translate var(--p-calm) var(--p-ease);
  }
  .switch::after {
    content: "";
    position: absolute;
    inset: -9px 0;
  }
  .switch:checked {
    background: var(--p-accent);
  }
  .switch:checked::before {
    translate: 18px 0;
  }
  .switch:checked:dir(rtl)::before {
    translate: -18px 0;
  }
  @media (forced-colors: active) {
    .switch {
      border: 1px solid ButtonText;
    }
  }
`;
