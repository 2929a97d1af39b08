import { css } from "lit";

export const pictures = css`
  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
    gap: 16px;
    margin-block-end: 20px;
  }
  .figure {
    position: relative;
    display: grid;
    gap: 2px;
    padding: 18px 20px;
    color: inherit;
    text-decoration: none;
  }
  a.figure:hover {
    background: var(--p-hover);
  }
  .figure > .icon {
    color: var(--p-accent-text);
    margin-block-end: 8px;
    inline-size: 24px;
    block-size: 24px;
  }
  .figure b {
    font-size: 30px;
    font-weight: 720;
    line-height: 1.1;
    letter-spacing: -0.03em;
    font-variant-numeric: tabular-nums;
  }
  .figure span {
    font-size: 14px;
    color: var(--p-muted);
  }
  .figure.live b::after {
    content: "";
    display: inline-block;
    inline-size: 10px;
    block-size: 10px;
    margin-inline-start: 8px;
    border-radius: 50%;
    vertical-align: middle;
    background: var(--p-online);
    box-shadow: 0 0 0 5px color-mix(in oklab, var(--p-online) 18%, transparent);
  }
  .chart {
    display: block;
    inline-size: 100%;
    block-size: auto;
    overflow: visible;
    margin-block-start: 12px;
  }
  .chart text {
    fill: var(--p-muted);
    font: 400 12px var(--p-font);
  }
  .chart .rule {
    stroke: var(--p-line);
  }
  .chart .area {
    fill: var(--tone, var(--p-accent));
    opacity: 0.12;
  }
  .chart .line {
    fill: none;
    stroke: var(--tone, var(--p-accent-text));
    stroke-width: 2.5;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .chart .pillar {
    fill: var(--tone, var(--p-accent));
    opacity: 0.85;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    font-size: 13.5px;
    color: var(--p-muted);
  }
  .legend i {
    display: inline-block;
    inline-size: 12px;
    block-size: 12px;
    margin-inline-end: 6px;
    border-radius: 4px;
    vertical-align: -1px;
    background: var(--tone, var(--p-accent));
  }
  .faces {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
    margin-block-start: 14px;
  }
  .faces a {
    display: grid;
    justify-items: center;
    gap: 4px;
    inline-size: 76px;
    color: inherit;
    font-size: 12.5px;
    text-align: center;
    text-decoration: none;
    border-radius: 10px;
  }
  .faces span {
    max-inline-size: 100%;
  }
  .matrix {
    overflow: auto;
    margin-block: 12px 4px;
  }
  .matrix table {
    inline-size: auto;
    min-inline-size: 100%;
  }
  .matrix th[scope="row"] {
    position: sticky;
    inset-inline-start: 0;
    background: var(--p-surface);
    font-size: 14.5px;
    color: var(--p-text);
    min-inline-size: 130px;
    z-index: 1;
  }
  .matrix td {
    padding: 8px;
    min-inline-size: 132px;
  }
  .rights {
    display: inline-grid;
    grid-template-columns: repeat(4, 30px);
    gap: 4px;
  }
  .rights button {
    display: grid;
    place-items: center;
    inline-size: 30px;
    block-size: 34px;
    border-radius: 8px;
    color: var(--p-muted);
    box-shadow: inset 0 0 0 1px var(--p-line);
  }
  .rights button .icon {
    inline-size: 17px;
    block-size: 17px;
  }
  .rights button[data-state="allow"] {
    background: color-mix(in oklab, var(--p-online) 18%, var(--p-surface));
    color: var(--p-online-text);
    box-shadow: none;
  }
  .rights button[data-state="inherited"] {
    background: color-mix(in oklab, var(--p-online) 7%, var(--p-surface));
    color: var(--p-online-text);
    box-shadow: inset 0 0 0 1px color-mix(in oklab, var(--p-online) 30%, transparent);
  }
  .rights button[data-state="never"] {
    background: var(--p-danger-soft);
    color: var(--p-danger);
    box-shadow: none;
  }
  .preview-stage {
    position: relative;
    /* What would float over the page stays inside. */
    contain: layout paint;
    overflow: hidden;
    block-size: 720px;
    border: 1px solid var(--p-line);
    border-radius: 16px;
    background: var(--p-surface);
  }
  .preview-stage > * {
    block-size: 100%;
  }
  .split {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 400px);
    gap: 20px;
    align-items: start;
  }
  .split > .beside {
    position: sticky;
    inset-block-start: 20px;
  }
  .qr {
    inline-size: 200px;
    padding: 12px;
    border-radius: 12px;
    background: #fff;
  }
  .qr svg,
  .qr img {
    display: block;
    inline-size: 100%;
    block-size: auto;
  }
  .template {
    display: grid;
    gap: 6px;
    block-size: 76px;
    align-content: center;
  }
  .template i {
    display: block;
    block-size: 10px;
    border-radius: 5px;
    background: var(--p-bubble);
  }
  @media (max-width: 1100px) {
    .figures {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 10px;
    }
    .figure {
      padding: 14px 16px;
    }
    .split {
      grid-template-columns: minmax(0, 1fr);
    }
    .split > .beside {
      position: static;
    }
  }
`;
