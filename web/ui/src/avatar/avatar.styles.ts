import { css } from "lit";

export const avatarStyles = css`
  :host {
    --size: 48px;
    display: block;
    position: relative;
    flex: none;
    inline-size: var(--size);
    block-size: var(--size);
    user-select: none;
    -webkit-user-select: none;
  }
  .picture {
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 100%;
    overflow: hidden;
    border-radius: var(--p-avatar-radius, 50%);
    background: light-dark(oklch(0.88 0.065 var(--hue)), oklch(0.4 0.075 var(--hue)));
    color: light-dark(oklch(0.37 0.1 var(--hue)), oklch(0.93 0.05 var(--hue)));
    font-size: calc(var(--size) * 0.38);
    font-weight: 600;
    line-height: 1;
    letter-spacing: 0.01em;
  }
  .picture.site {
    background: var(--p-accent-soft);
    color: var(--p-accent-text);
  }
  .icon {
    inline-size: 54%;
    block-size: 54%;
  }
  img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    display: block;
  }
  .dot {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 0;
    inline-size: max(10px, calc(var(--size) * 0.27));
    block-size: max(10px, calc(var(--size) * 0.27));
    border-radius: 50%;
    background: var(--p-online);
    border: max(2px, calc(var(--size) * 0.05)) solid var(--p-avatar-ring, var(--p-surface));
    forced-color-adjust: none;
  }
`;
