import { css } from "lit";

export const forms = css`
  .input {
    min-block-size: 40px;
    padding: 8px 12px;
    border-radius: 10px;
  }
  textarea.input {
    min-block-size: 96px;
    resize: vertical;
    field-sizing: content;
    max-block-size: 50vh;
  }
  select.input {
    padding-inline-end: 34px;
    background-image:
      linear-gradient(45deg, transparent 50%, var(--p-muted) 50%),
      linear-gradient(-45deg, transparent 50%, var(--p-muted) 50%);
    background-size: 6px 6px;
    background-position: right 18px center, right 12px center;
    background-repeat: no-repeat;
    font: inherit;
    text-overflow: ellipsis;
  }
  .field {
    align-content: start;
  }
  .field > label,
  .field > .label {
    font-size: 14px;
    font-weight: 600;
  }
  .check {
    display: flex;
    align-items: flex-start;
    gap: 10px;
    min-block-size: 28px;
    cursor: pointer;
  }
  .check > span {
    padding-block: 2px;
  }
  .check.small > span {
    padding-block: 4px;
  }
  .check small {
    display: block;
    color: var(--p-muted);
    font-size: 13.5px;
  }
  input[type="checkbox"]:not(.switch),
  input[type="radio"] {
    appearance: none;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin: 4px 0;
    border: 1.5px solid var(--p-field-line);
    border-radius: 6px;
    background: var(--p-surface) center / 14px no-repeat;
    cursor: pointer;
  }
  input[type="radio"] {
    border-radius: 50%;
  }
  input[type="checkbox"]:not(.switch):checked,
  input[type="checkbox"]:not(.switch):indeterminate {
    border-color: var(--p-accent);
    background-color: var(--p-accent);
  }
  input[type="checkbox"]:not(.switch)::before {
    content: "";
    display: block;
    inline-size: 100%;
    block-size: 100%;
    background: var(--p-on-accent);
    clip-path: polygon(18% 48%, 12% 58%, 40% 84%, 88% 26%, 79% 18%, 39% 66%);
    opacity: 0;
  }
  input[type="checkbox"]:not(.switch):checked::before {
    opacity: 1;
  }
  input[type="checkbox"]:not(.switch):indeterminate::before {
    opacity: 1;
    clip-path: inset(44% 18%);
  }
  input[type="radio"]:checked {
    border: 6px solid var(--p-accent);
  }
  @media (forced-colors: active) {
    input[type="checkbox"]:not(.switch):checked,
    input[type="radio"]:checked {
      appearance: auto;
    }
  }
  .setting {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: 20px;
    padding-block: 14px;
  }
  .setting + .setting {
    border-block-start: 1px solid var(--p-line);
  }
  .setting label {
    font-weight: 600;
  }
  .setting .hint {
    max-inline-size: 62ch;
  }
  .switch {
    margin-block-start: 2px;
  }
  .inline-field {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .narrow {
    inline-size: 120px;
  }
  .medium {
    inline-size: min(320px, 100%);
  }
  .pick {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .pick > label {
    position: relative;
    display: inline-flex;
    align-items: center;
    min-block-size: 34px;
    padding: 4px 14px;
    border-radius: 99px;
    box-shadow: inset 0 0 0 1px var(--p-line);
    background: var(--p-surface);
    font-size: 14px;
    cursor: pointer;
  }
  .pick > label > input,
  .cards > label > input {
    position: absolute;
    inset: 0;
    inline-size: 100% !important;
    block-size: 100% !important;
    margin: 0 !important;
    opacity: 0;
  }
  .pick > label:hover {
    background: var(--p-hover);
  }
  .pick > label:has(:checked) {
    background: var(--p-accent-soft);
    color: var(--p-accent-text);
    box-shadow: inset 0 0 0 1.5px currentColor;
    font-weight: 600;
  }
  .pick > label:has(:focus-visible),
  .cards > label:has(:focus-visible) {
    outline: 2px solid var(--p-focus);
    outline-offset: 2px;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
    gap: 12px;
  }
  .cards > label {
    position: relative;
    display: grid;
    gap: 10px;
    padding: 12px;
    border-radius: 12px;
    box-shadow: inset 0 0 0 1px var(--p-line);
    font-size: 14px;
    cursor: pointer;
  }
  .cards > label:has(:checked) {
    box-shadow: inset 0 0 0 2px var(--p-accent);
    background: var(--p-accent-soft);
  }
  .token-input {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 6px;
    border: 1px solid var(--p-field-line);
    border-radius: 10px;
    background: var(--p-surface);
  }
  .token-input:focus-within {
    outline: 2px solid var(--p-focus);
    outline-offset: -1px;
  }
  .token-input input {
    flex: 1;
    min-inline-size: 100px;
    min-block-size: 28px;
    padding-inline: 6px;
    border: 0;
    background: none;
    outline: 0;
  }
  .token-input .chip button {
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    margin-inline-end: -8px;
    border-radius: 50%;
  }
  .token-input .chip button .icon {
    inline-size: 12px;
    block-size: 12px;
  }
  fieldset > legend {
    padding: 0;
    margin-block-end: 6px;
    font-size: 14px;
    font-weight: 600;
  }
  .week {
    display: grid;
    margin-block-start: 8px;
    border: 1px solid var(--p-line);
    border-radius: 12px;
  }
  .week > .day {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 6px 6px 6px 14px;
    min-block-size: 52px;
  }
  .week > .day + .day {
    border-block-start: 1px solid var(--p-line);
  }
  .week .name {
    flex: 0 0 92px;
  }
  .week .name::first-letter {
    text-transform: uppercase;
  }
  .week .grow {
    display: grid;
    gap: 6px;
  }
  .week .row {
    flex-wrap: nowrap;
    gap: 6px;
  }
  .week .row .input {
    inline-size: 128px;
    min-inline-size: 0;
    padding-inline: 10px;
  }
  @media (max-width: 560px) {
    .week > .day {
      flex-wrap: wrap;
    }
    .week .name {
      flex: 1;
    }
    .week .grow {
      order: 1;
      flex-basis: 100%;
    }
    .week .row .input {
      flex: 1;
    }
  }
  input.swatch {
    flex: none;
    inline-size: 72px;
    block-size: 44px;
    padding: 4px;
    border: 1px solid var(--p-field-line);
    border-radius: 12px;
    background: var(--p-surface);
    cursor: pointer;
  }
  input.swatch::-webkit-color-swatch-wrapper {
    padding: 0;
  }
  input.swatch::-webkit-color-swatch {
    border: 0;
    border-radius: 8px;
  }
  input[type="range"] {
    block-size: 28px;
  }
`;
