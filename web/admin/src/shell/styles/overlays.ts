import { css } from "lit";

export const overlays = css`
  .menu {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 6px;
    min-inline-size: 220px;
    max-inline-size: min(340px, calc(100vw - 16px));
    max-block-size: calc(100dvh - 16px);
    overflow-y: auto;
    border: 1px solid var(--p-line);
    border-radius: 12px;
    background: var(--p-raised);
    color: var(--p-text);
    box-shadow: var(--p-shadow-small);
    font: 400 14.5px / 1.4 var(--p-font);
  }
  .menu [role="group"] + [role="group"] {
    border-block-start: 1px solid var(--p-line);
    margin-block-start: 6px;
    padding-block-start: 6px;
  }
  .menu-heading {
    padding: 6px 10px 4px;
    font-size: 13px;
    font-weight: 650;
  }
  .menu-heading span {
    font-weight: 400;
    color: var(--p-muted);
  }
  .menu button {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 38px;
    padding: 6px 10px;
    border-radius: 8px;
  }
  .menu button > .icon,
  .menu .no-icon {
    inline-size: 18px;
    block-size: 18px;
    color: var(--p-muted);
  }
  .menu button:hover:not(:disabled),
  .menu button:focus-visible {
    background: var(--p-hover);
  }
  .menu button:focus-visible {
    outline-offset: -2px;
  }
  .menu button:disabled {
    opacity: 0.5;
  }
  .menu .danger,
  .menu .danger .icon {
    color: var(--p-danger);
  }
  dialog.modal {
    inline-size: min(560px, calc(100vw - 24px));
    max-block-size: calc(100dvh - 32px);
    padding: 0;
    border: 0;
    border-radius: 18px;
    background: var(--p-raised);
    color: var(--p-text);
    box-shadow: var(--p-shadow);
    font: 400 15px / 1.45 var(--p-font);
    overflow: hidden;
  }
  dialog.modal[open] {
    display: flex;
    flex-direction: column;
    animation: rise 0.18s var(--p-ease);
  }
  dialog.wide {
    inline-size: min(860px, calc(100vw - 24px));
  }
  dialog.drawer {
    inline-size: min(620px, 100vw);
    block-size: 100dvh;
    max-block-size: 100dvh;
    margin: 0 0 0 auto;
    border-radius: 18px 0 0 18px;
  }
  dialog.drawer[open] {
    animation: slide 0.2s var(--p-ease);
  }
  dialog.modal::backdrop {
    background: rgb(12 14 20 / 45%);
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 12px;
    }
  }
  @keyframes slide {
    from {
      translate: 40px 0;
      opacity: 0;
    }
  }
  .modal > header {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: 12px;
    padding: 20px 16px 12px 24px;
  }
  .modal > header h2 {
    font-size: 19px;
    font-weight: 680;
    letter-spacing: -0.01em;
  }
  .modal > .inside {
    flex: 1;
    overflow-y: auto;
    padding: 4px 24px 24px;
  }
  .modal > footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    padding: 14px 24px;
    border-block-start: 1px solid var(--p-line);
    background: var(--p-surface);
  }
  .modal > footer > .grow {
    min-inline-size: 200px;
  }
  .drawer .tabs > a {
    padding-inline: 9px;
    font-size: 14px;
  }
  .modal > footer > .audience {
    flex-basis: 100%;
  }
  .audience b {
    font-size: 22px;
    font-weight: 700;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
  }
  .progress {
    block-size: 8px;
    border-radius: 4px;
    background: var(--p-bubble);
    overflow: hidden;
  }
  .progress > i {
    display: block;
    block-size: 100%;
    border-radius: inherit;
    background: var(--p-accent);
    transition: inline-size 0.3s;
  }
  @media (max-width: 640px) {
    dialog.modal {
      inline-size: 100vw;
      max-inline-size: 100vw;
      max-block-size: 100dvh;
      margin: auto 0 0;
      border-radius: 18px 18px 0 0;
    }
    dialog.drawer {
      border-radius: 0;
    }
    .modal > .inside {
      padding-inline: 16px;
    }
    .modal > header {
      padding-inline: 16px 8px;
    }
    .modal > footer {
      padding-inline: 16px;
    }
  }
`;
