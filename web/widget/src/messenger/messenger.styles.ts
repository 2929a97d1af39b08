import { css } from "lit";

export const messengerStyles = css`
  :host {
    display: contents;
  }
  .root {
    position: fixed;
    inset-block-end: calc(20px + env(safe-area-inset-bottom, 0px));
    inset-inline: 20px;
    z-index: 2147483000;
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    pointer-events: none;
  }
  .root > * {
    pointer-events: auto;
  }
  .root.left {
    align-items: flex-start;
  }
  .corner {
    position: relative;
  }
  .launcher {
    display: grid;
    place-items: center;
    inline-size: 60px;
    block-size: 60px;
    border-radius: 50%;
    background: var(--p-accent);
    color: var(--p-on-accent);
    font-size: var(--p-type-8);
    box-shadow: var(--p-shadow-small);
    transition: scale var(--p-calm) var(--p-ease), box-shadow var(--p-calm);
  }
  .launcher:hover {
    scale: 1.05;
    box-shadow: var(--p-shadow);
  }
  .launcher:active {
    scale: 0.96;
  }
  .launcher:focus-visible {
    outline-width: 3px;
    outline-offset: 3px;
  }
  .launcher .icon {
    animation: turn var(--p-calm) var(--p-ease);
  }
  .corner .count {
    position: absolute;
    pointer-events: none;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    min-inline-size: 24px;
    block-size: 24px;
    border-radius: 99px;
    border: 2px solid var(--p-surface);
    background: #d12f3f;
    color: #fff;
    animation: pop var(--p-calm) var(--p-ease);
  }
  .panel.detail {
    --p-toast-end: 88px;
  }
  .panel {
    position: relative;
    display: flex;
    flex-direction: column;
    inline-size: min(400px, 100%);
    block-size: min(680px, calc(100dvh - 120px));
    margin-block-end: var(--p-space-4);
    overflow: hidden;
    border-radius: var(--p-radius-large);
    background: var(--p-surface);
    color: var(--p-text);
    box-shadow: var(--p-shadow), 0 0 0 1px light-dark(rgb(16 20 30 / 5%), rgb(255 255 255 / 9%));
    transform-origin: bottom right;
    animation: unfold var(--p-calm) var(--p-ease);
  }
  .left .panel {
    transform-origin: bottom left;
  }
  .screen {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
  }
  .screen > .notice {
    flex: 1;
  }
  .screen > [data-shown] {
    flex: 1;
    min-block-size: 0;
  }
  .screen.detail {
    animation: slide var(--p-calm) var(--p-ease);
  }
  .screen.list {
    animation: slide-back var(--p-calm) var(--p-ease);
  }
  @media (max-width: 480px), (max-height: 440px) {
    .root.open {
      inset: 0;
    }
    .root.open .panel {
      position: absolute;
      margin: 0;
      inset-inline: 0;
      inset-block-start: var(--p-view-top, 0px);
      inline-size: 100%;
      block-size: var(--p-view-height, 100dvh);
      border-radius: 0;
      box-shadow: none;
      padding-block-start: env(safe-area-inset-top, 0px);
    }
    .root.open .launcher {
      display: none;
    }
  }
  @media (min-width: 481px) and (min-height: 441px) {
    .phone-only,
    .close {
      display: none;
    }
  }
  @keyframes unfold {
    from {
      opacity: 0;
      scale: 0.94;
      translate: 0 12px;
    }
  }
  @keyframes slide {
    from {
      opacity: 0;
      translate: 16px 0;
    }
  }
  @keyframes slide-back {
    from {
      opacity: 0;
      translate: -16px 0;
    }
  }
  @keyframes pop {
    from {
      scale: 0.4;
    }
  }
  @keyframes turn {
    from {
      opacity: 0;
      rotate: -30deg;
    }
  }
  @media print {
    .root {
      display: none;
    }
  }
`;
