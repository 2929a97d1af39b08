import { css, html, nothing } from "lit";
import type { MemberWithRelation } from "#client";
import type { Context } from "../context.ts";
import { face } from "../face.ts";
import type { Key } from "../i18n/texts.ts";

/** Who somebody is: the upper part of their card. */
export function profile(ctx: Context, member: MemberWithRelation) {
  const { i18n, client } = ctx;
  const online = client.state.connected.has(member.id);
  const titled = (key: Key, themes: readonly string[] | undefined) =>
    themes?.length ? html`<h3>${i18n.t(key)}</h3>${tags(themes, "tag")}` : nothing;
  return html`<div class="profile" part="profile">
    ${face(ctx, member, online)}
    <h2 id="profile-name" dir="auto" tabindex="-1">${member.name}</h2>
    <p class="handle">@${member.login}${online ? html`<span class="here"> · ${i18n.t("members.connected")}</span>` : nothing}</p>
    ${member.headline ? html`<p class="about" dir="auto">${member.headline}</p>` : nothing}
    ${tags(member.badges, "tag strong")}
    ${titled("members.interests", member.interests)} ${titled("members.offers", member.offers)} ${titled("members.looks_for", member.looks_for)}
  </div>`;
}

function tags(words: readonly string[] | undefined, style: string) {
  if (!words?.length) return nothing;
  return html`<ul class="tags" role="list">${words.map((word) => html`<li class=${style}>${word}</li>`)}</ul>`;
}

export const profileStyles = css`
  .profile {
    display: grid;
    justify-items: center;
    gap: 4px;
    text-align: center;
  }
  .profile parvis-avatar {
    --size: 96px;
    --p-avatar-ring: var(--p-raised);
    margin-block-end: 12px;
  }
  .profile h2 {
    font-size: 21px;
    font-weight: 700;
    line-height: 1.25;
    letter-spacing: -0.01em;
    outline: 0;
  }
  .profile h3 {
    margin-block-start: 20px;
    font-size: 13px;
    font-weight: 600;
    color: var(--p-muted);
  }
  .handle {
    font-size: 14px;
    color: var(--p-muted);
  }
  .here {
    color: var(--p-online-text);
  }
  .about {
    margin-block-start: 8px;
    text-wrap: balance;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 6px;
    margin-block-start: 10px;
  }
`;
