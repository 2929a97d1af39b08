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
  select.input {
    flex: 0 1 auto;
    inline-size: auto;
    max-inline-size: 100%;
    padding-inline-end: 36px;
    font: inherit;
    background-image:
      linear-gradient(45deg, transparent 50%, var(--p-muted) 50%),
      linear-gradient(-45deg, transparent 50%, var(--p-muted) 50%);
    background-position:
      calc(100% - 20px) 55%,
      calc(100% - 15px) 55%;
    background-size: 5px 5px;
    background-repeat: no-repeat;
  }
  select option {
    background: var(--p-raised);
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
    block-size: 240px;
    padding: 24px 16px 16px;
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
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .card .can {
    display: flex;
    justify-content: center;
    gap: 12px;
    min-block-size: 20px;
    margin-block-start: auto;
    padding-block-start: 8px;
    color: var(--p-muted);
  }
  .can .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .mark.contact,
  .mark.ask {
    color: var(--p-accent-text);
  }
  .card.blocked parvis-avatar {
    filter: grayscale(1);
    opacity: 0.5;
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
    .tools .search,
    .tools select,
    .tools .segments {
      max-inline-size: none;
      flex-basis: 100%;
    }
    .tools .segments button {
      flex: 1 0 auto;
      justify-content: center;
      padding-inline: 6px;
      font-size: 13px;
    }
  }
  @container (max-width: 480px) {
    .card {
      display: grid;
      grid-template-columns: auto 1fr auto;
      align-content: center;
      justify-items: start;
      column-gap: 14px;
      block-size: 80px;
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
    .card .about,
    .card .name {
      -webkit-line-clamp: 1;
    }
    .card .can {
      grid-column: 3;
      grid-row: 1 / span 2;
      margin: 0;
      padding: 0;
      align-items: center;
    }
    .card .about {
      grid-column: 2;
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
`;
