import { css } from "lit";

export const membersStyles = css`
  .root {
    container-type: inline-size;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--p-space-3);
    margin-block-end: var(--p-space-5);
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
  :host(:dir(rtl)) select.input {
    background-position:
      15px 55%,
      20px 55%;
  }
  select option {
    background: var(--p-raised);
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 200px), 1fr));
    gap: var(--p-space-4);
  }
  .card {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--p-space-half);
    inline-size: 100%;
    block-size: 240px;
    padding: var(--p-space-6) var(--p-space-4) var(--p-space-4);
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    background: var(--p-surface);
    text-align: center;
    transition: border-color var(--p-quick), box-shadow var(--p-calm), translate var(--p-calm) var(--p-ease);
  }
  .card:hover {
    border-color: transparent;
    box-shadow: var(--p-shadow-small);
    translate: 0 -2px;
  }
  .card parvis-avatar {
    --size: 72px;
    margin-block-end: var(--p-space-3);
  }
  .card .name {
    font-weight: 650;
    font-size: var(--p-type-6);
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
    gap: var(--p-space-3);
    min-block-size: 20px;
    margin-block-start: auto;
    padding-block-start: var(--p-space-2);
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
  }
  .card .about {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    font-size: var(--p-type-4);
    line-height: 1.4;
    color: var(--p-muted);
  }
  .card .bone.disc {
    inline-size: 72px;
    block-size: 72px;
    margin-block-end: var(--p-space-4);
  }
  .card .bone:last-child {
    margin-block-start: var(--p-space-2);
    inline-size: 70%;
  }
  @container (max-width: 480px) {
    .grid {
      grid-template-columns: 1fr;
      gap: var(--p-space-2);
    }
    .tools .search,
    .tools select,
    .tools .segments {
      max-inline-size: none;
      flex-basis: 100%;
    }
    .tools .segments {
      flex-wrap: wrap;
    }
    .tools .segments button {
      flex: 1 0 auto;
      justify-content: center;
      padding-inline: var(--p-space-15);
      font-size: var(--p-type-3);
    }
  }
  @container (max-width: 480px) {
    .card {
      display: grid;
      grid-template-columns: auto 1fr auto;
      align-content: center;
      justify-items: start;
      column-gap: var(--p-space-3);
      block-size: 80px;
      padding: var(--p-space-3) var(--p-space-4);
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
  /* A side column: the whole name before what stands under it. */
  @container (max-width: 320px) {
    .card {
      padding-inline: var(--p-space-2);
      column-gap: var(--p-space-2);
    }
    .card parvis-avatar,
    .card .bone.disc {
      --size: 40px;
      inline-size: 40px;
      block-size: 40px;
    }
    .card .name {
      grid-row: span 2;
      -webkit-line-clamp: 2;
    }
    .card .about {
      display: none;
    }
  }
  .end {
    display: flex;
    justify-content: center;
    padding: var(--p-space-6);
  }
  .frame {
    padding: var(--p-space-6);
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    background: var(--p-surface);
  }
`;
