import { css } from "lit";

export const membersStyles = css`
  .root {
    container-type: inline-size;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
    margin-block-end: 20px;
  }
  .tools .search {
    flex: 1 1 220px;
    max-inline-size: 420px;
  }
  .tools .search .input {
    min-block-size: 44px;
    background: var(--p-surface);
    border-color: var(--p-field-line);
  }
  .segments {
    display: inline-flex;
    gap: 4px;
    padding: 4px;
    border-radius: calc(var(--p-radius) * 0.75);
    background: var(--p-sunken);
  }
  .segments button {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: max(36px, calc(var(--p-hit) * 2 - 44px));
    padding: 6px 14px;
    border-radius: calc(var(--p-radius) * 0.5);
    font-size: 14px;
    font-weight: 600;
    color: var(--p-muted);
    transition: background-color 0.15s, color 0.15s;
  }
  .segments button[aria-pressed="true"] {
    background: var(--p-raised);
    color: var(--p-text);
    box-shadow: 0 1px 3px rgb(16 20 30 / 14%);
  }
  .segments i {
    inline-size: 9px;
    block-size: 9px;
    border-radius: 50%;
    background: var(--p-online);
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 200px), 1fr));
    gap: 16px;
  }
  .card {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 2px;
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 176px;
    padding: 24px 16px 20px;
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    background: var(--p-surface);
    text-align: center;
    transition: border-color 0.15s, box-shadow 0.2s, translate 0.2s var(--p-ease);
  }
  .card:hover {
    border-color: transparent;
    box-shadow: var(--p-shadow-small);
    translate: 0 -2px;
  }
  .card parvis-avatar {
    --size: 72px;
    margin-block-end: 12px;
  }
  .card .name {
    font-weight: 650;
    font-size: 16px;
    line-height: 1.3;
    max-inline-size: 100%;
    overflow-wrap: anywhere;
  }
  .card .about {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    font-size: 14px;
    line-height: 1.4;
    color: var(--p-muted);
  }
  .card .bone.disc {
    inline-size: 72px;
    block-size: 72px;
    margin-block-end: 16px;
  }
  .card .bone:last-child {
    margin-block-start: 10px;
    inline-size: 70%;
  }
  @container (max-width: 480px) {
    .grid {
      grid-template-columns: 1fr;
      gap: 8px;
    }
    .tools .search {
      max-inline-size: none;
      flex-basis: 100%;
    }
    .card {
      display: grid;
      grid-template-columns: auto 1fr;
      align-content: center;
      justify-items: start;
      column-gap: 14px;
      min-block-size: 80px;
      padding: 12px 16px;
      text-align: start;
    }
    .card parvis-avatar,
    .card .bone.disc {
      --size: 52px;
      inline-size: 52px;
      block-size: 52px;
      grid-row: span 2;
      margin: 0;
    }
    .card:not(:has(.about)) .name {
      grid-row: span 2;
    }
    .card .about {
      -webkit-line-clamp: 1;
    }
  }
  .end {
    display: flex;
    justify-content: center;
    padding: 24px;
  }
  .frame {
    padding: 24px;
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    background: var(--p-surface);
  }
  dialog {
    inline-size: min(400px, calc(100vw - 32px));
    max-block-size: calc(100dvh - 32px);
    padding: 32px 28px 28px;
    border: 0;
    border-radius: calc(var(--p-radius) * 1.25);
    background: var(--p-raised);
    color: var(--p-text);
    box-shadow: var(--p-shadow);
    overscroll-behavior: contain;
  }
  dialog[open] {
    animation: rise 0.22s var(--p-ease);
  }
  dialog::backdrop {
    background: rgb(12 14 20 / 45%);
  }
  dialog .close {
    position: absolute;
    inset-block-start: 12px;
    inset-inline-end: 12px;
  }
  dialog .error {
    justify-content: center;
    margin-block-start: 12px;
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 12px;
    }
  }
`;
