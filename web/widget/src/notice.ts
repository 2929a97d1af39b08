import { css, html, type TemplateResult } from "lit";
import { type IconName, icon } from "#ui/icon/icon.ts";

/** What stands where nothing else can: a picture, a title, a sentence, perhaps something to press. */
export function notice(of: {
  icon: IconName;
  title: string;
  text?: string;
  action?: unknown;
  alert?: boolean;
}): TemplateResult {
  return html`<div class="notice" role=${of.alert ? "alert" : "note"}>
    <span class="notice-icon">${icon(of.icon)}</span>
    <p class="notice-title">${of.title}</p>
    ${of.text ? html`<p class="notice-text">${of.text}</p>` : null} ${of.action ?? null}
  </div>`;
}

export const noticeStyles = css`
  .notice {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--p-space-2);
    padding: var(--p-space-10) var(--p-space-6);
    margin: auto;
    max-inline-size: 340px;
    text-align: center;
  }
  .notice-icon {
    display: grid;
    place-items: center;
    inline-size: 64px;
    block-size: 64px;
    margin-block-end: var(--p-space-2);
    border-radius: 50%;
    background: var(--p-accent-soft);
    color: var(--p-accent-text);
    font-size: var(--p-type-8);
  }
  .notice-title {
    font-size: var(--p-type-7);
    font-weight: 650;
    line-height: 1.3;
  }
  .notice-text {
    color: var(--p-muted);
    text-wrap: pretty;
  }
  .notice .button {
    margin-block-start: var(--p-space-4);
  }
`;
