import { css, html, type TemplateResult } from "lit";

/** Rows that stand where a list will be. Whoever shows them says "loading" to assistive technology. */
export function skeletonRows(count: number): TemplateResult {
  return html`<div class="skeleton" aria-hidden="true">
    ${Array.from({ length: count }, () => html`<div class="bone-row"><i class="bone disc"></i><div><i class="bone"></i><i class="bone wide"></i></div></div>`)}
  </div>`;
}

export function skeletonBubbles(): TemplateResult {
  return html`<div class="skeleton bubbles" aria-hidden="true">
    <i class="bone them"></i><i class="bone them short"></i><i class="bone me"></i><i class="bone them"></i><i class="bone me short"></i>
  </div>`;
}

export const skeletonStyles = css`
  .bone {
    display: block;
    block-size: 12px;
    inline-size: 40%;
    border-radius: 99px;
    background: var(--p-bubble);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  .bone.wide {
    inline-size: 75%;
    margin-block-start: var(--p-space-2);
  }
  .bone.disc {
    inline-size: 48px;
    block-size: 48px;
    border-radius: 50%;
    flex: none;
  }
  .bone-row {
    display: flex;
    gap: var(--p-space-3);
    align-items: center;
    padding: var(--p-space-3) var(--p-space-4);
  }
  .bone-row > div {
    flex: 1;
  }
  .bubbles {
    display: grid;
    gap: var(--p-space-2);
    padding: var(--p-space-4);
  }
  .bubbles .bone {
    block-size: 40px;
    inline-size: 58%;
    border-radius: var(--p-radius);
  }
  .bubbles .short {
    inline-size: 34%;
  }
  .bubbles .me {
    justify-self: end;
  }
  @keyframes breathe {
    from {
      opacity: 1;
    }
    to {
      opacity: 0.45;
    }
  }
`;
