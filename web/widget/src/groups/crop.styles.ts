import { css } from "lit";

export const cropStyles = css`
  dialog {
    inline-size: min(400px, calc(100vw - 24px));
    max-block-size: calc(100dvh - 24px);
    padding: var(--p-space-6);
    border: 0;
    border-radius: var(--p-radius-large);
    background: var(--p-raised);
    color: var(--p-text);
    font: 400 var(--p-type-5) / 1.45 var(--p-font);
    text-align: start;
    box-shadow: var(--p-shadow);
  }
  dialog[open] {
    display: grid;
    gap: var(--p-space-3);
  }
  dialog::backdrop {
    background: rgb(12 14 20 / 45%);
  }
  h2 {
    font-size: var(--p-type-7);
    font-weight: 650;
  }
  .area {
    position: relative;
    inline-size: 100%;
    max-inline-size: min(352px, 50dvh);
    margin-inline: auto;
    aspect-ratio: 1;
    overflow: hidden;
    border-radius: var(--p-radius-tiny);
    background: var(--p-sunken);
    cursor: grab;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
  }
  .area:active {
    cursor: grabbing;
  }
  .area:focus-visible {
    outline-offset: 3px;
  }
  canvas {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  /* What the picture will be, as others see it. */
  .mask {
    position: absolute;
    inset: 0;
    border-radius: var(--p-avatar-radius, 50%);
    box-shadow: 0 0 0 400px rgb(12 14 20 / 45%), inset 0 0 0 2px rgb(255 255 255 / 80%);
    pointer-events: none;
  }
  .zoom {
    display: flex;
    align-items: center;
    gap: var(--p-space-3);
    font-size: var(--p-type-4);
    font-weight: 600;
  }
  .zoom input {
    flex: 1;
    min-block-size: var(--p-hit);
    accent-color: var(--p-accent);
  }
  .hint {
    font-size: var(--p-type-3);
    color: var(--p-muted);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--p-space-2);
  }
`;
