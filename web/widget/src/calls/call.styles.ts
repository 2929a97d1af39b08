import { css } from "lit";

export const callStyles = css`
  .call {
    position: fixed;
    inset: auto;
    inset-block-start: max(16px, env(safe-area-inset-top));
    inset-inline-end: 16px;
    inline-size: min(380px, calc(100vw - 32px));
    max-block-size: calc(100dvb - 32px);
    margin: 0;
    padding: var(--p-space-5);
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    background: var(--p-raised);
    color: var(--p-text);
    box-shadow: var(--p-shadow);
    font: 400 var(--p-type-5) / 1.45 var(--p-font);
    overflow: auto;
  }
  .call:popover-open,
  .call[open] {
    display: grid;
    gap: var(--p-space-4);
  }
  .call[open]::backdrop {
    background: rgb(16 20 30 / 45%);
  }
  .call.preview {
    inset: 0;
    margin: auto;
  }
  h2 {
    font-size: var(--p-type-7);
    font-weight: 650;
  }
  .who {
    display: flex;
    align-items: center;
    gap: var(--p-space-3);
  }
  .who parvis-avatar {
    --size: 48px;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--p-space-2);
    justify-content: flex-end;
  }
  .answers .button {
    flex: 1 1 auto;
  }
  .mirror {
    display: grid;
    place-items: center;
    aspect-ratio: 16 / 9;
    border-radius: var(--p-radius-small);
    background: #14161b;
    color: #a3aab8;
    font-size: var(--p-type-9);
    overflow: hidden;
  }
  video {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  video.none {
    display: none;
  }
  video.screen {
    object-fit: contain;
  }
  /* As in a mirror; what one shows of the screen is to be read. */
  .own:not(.screen) {
    scale: -1 1;
  }
  .chooser {
    display: grid;
    gap: var(--p-space-1);
    font-size: var(--p-type-4);
    color: var(--p-muted);
  }
  select {
    min-block-size: var(--p-hit);
    padding: var(--p-space-15) var(--p-space-2);
    border: 1px solid var(--p-field-line);
    border-radius: 10px;
    background: var(--p-surface);
    color: var(--p-text);
    font: inherit;
    inline-size: 100%;
  }
  .trouble {
    display: grid;
    justify-items: start;
    gap: var(--p-space-2);
    padding: var(--p-space-3);
    border-radius: 12px;
    background: var(--p-warn-soft);
    color: var(--p-text);
    font-size: var(--p-type-4);
  }
  /* In a call: dark whatever the page looks like, as pictures want it. */
  .call.outgoing,
  .call.active {
    color-scheme: dark;
    inset: 0;
    margin: auto;
    inline-size: min(1040px, calc(100vw - 32px));
    block-size: min(680px, calc(100dvb - 32px));
    max-block-size: none;
    padding: 0;
    gap: 0;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    background: #14161b;
    border-color: #2e323b;
    color: #eceef2;
    overflow: hidden;
  }
  .call.active.chatting {
    grid-template-columns: minmax(0, 1fr) minmax(280px, 340px);
  }
  .call.small {
    inset: auto;
    inset-block-end: 16px;
    inset-inline-start: 16px;
    margin: 0;
    inline-size: min(280px, calc(100vw - 32px));
    block-size: 210px;
  }
  .stage {
    position: relative;
    min-block-size: 0;
    overflow: hidden;
    display: grid;
  }
  .stage > #theirs {
    position: absolute;
    inset: 0;
  }
  .faces {
    display: grid;
    place-items: center;
    grid-area: 1 / 1;
  }
  .faces parvis-avatar {
    --size: 112px;
  }
  .small .faces parvis-avatar {
    --size: 56px;
  }
  .saying {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    padding: var(--p-space-3) var(--p-space-4) 28px;
    background: linear-gradient(rgb(0 0 0 / 65%), transparent);
    text-shadow: 0 1px 2px rgb(0 0 0 / 60%);
  }
  .saying p {
    display: flex;
    gap: var(--p-space-3);
    font-variant-numeric: tabular-nums;
    font-size: var(--p-type-4);
  }
  .small .saying p {
    display: none;
  }
  .hint {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-start: 12px;
    display: flex;
    gap: var(--p-space-15);
    align-items: center;
    padding: var(--p-space-15) var(--p-space-3);
    border-radius: 99px;
    background: rgb(0 0 0 / 65%);
    font-size: var(--p-type-4);
  }
  /* So small, a sign has to do. */
  .small .hint {
    inset-block: 8px auto;
    inset-inline: auto 8px;
    padding: var(--p-space-15);
  }
  .small .hint span {
    display: none;
  }
  .corner {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-end: 12px;
    inline-size: clamp(88px, 22%, 200px);
    block-size: auto;
    aspect-ratio: 4 / 3;
    border-radius: 12px;
    box-shadow: var(--p-shadow-small);
    background: #000;
  }
  .stage .trouble {
    position: absolute;
    inset-block-start: 72px;
    inset-inline: 16px;
    max-inline-size: 420px;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--p-space-2);
    padding: 12px max(12px, env(safe-area-inset-left)) max(12px, env(safe-area-inset-bottom));
  }
  .controls .round {
    inline-size: 48px;
    block-size: 48px;
    background: #2a2e37;
    color: #eceef2;
  }
  .controls .round:hover,
  .controls .round[aria-pressed="true"],
  .controls .round.on {
    background: #3d434f;
    color: #fff;
  }
  .controls .round.stop {
    background: #c5322a;
    color: #fff;
  }
  .small .controls {
    padding: var(--p-space-15);
  }
  .small .controls .round {
    inline-size: 40px;
    block-size: 40px;
  }
  .chat {
    color-scheme: light dark;
    grid-area: 1 / 2 / 3 / 3;
    min-block-size: 0;
    background: var(--p-surface);
    color: var(--p-text);
    border-inline-start: 1px solid #2e323b;
  }
  @media (max-width: 700px) {
    .controls {
      gap: var(--p-space-1);
    }
    .controls .round {
      inline-size: 44px;
      block-size: 44px;
    }
    /* It fills the screen already. */
    .controls .fills {
      display: none;
    }
    .call.outgoing:not(.small),
    .call.active:not(.small) {
      inline-size: 100vw;
      block-size: 100dvb;
      border: 0;
      border-radius: 0;
    }
    .call.active.chatting {
      grid-template: minmax(120px, 32%) auto minmax(0, 1fr) / minmax(0, 1fr);
    }
    .chat {
      grid-area: 3 / 1;
    }
  }
  @media (forced-colors: active) {
    .call,
    .controls .round {
      border: 1px solid CanvasText;
    }
    .call.outgoing,
    .call.active {
      color-scheme: inherit;
      color: CanvasText;
    }
    .hint,
    .saying {
      background: Canvas;
    }
  }
`;
