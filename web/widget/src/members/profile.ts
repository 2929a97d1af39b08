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
    <p class="handle"><bdi>@${member.login}</bdi>${online ? html`<span class="here"> · ${i18n.t("members.connected")}</span>` : nothing}</p>
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
    gap: var(--p-space-1);
    text-align: center;
  }
  .profile parvis-avatar {
    --size: 96px;
    --p-avatar-ring: var(--p-raised);
    margin-block-end: var(--p-space-3);
  }
  .profile h2 {
    font-size: var(--p-type-8);
    font-weight: 700;
    line-height: 1.25;
    letter-spacing: -0.01em;
    outline: 0;
  }
  .profile h3 {
    margin-block-start: var(--p-space-5);
    font-size: var(--p-type-3);
    font-weight: 600;
    color: var(--p-muted);
  }
  .handle {
    font-size: var(--p-type-4);
    color: var(--p-muted);
  }
  .here {
    color: var(--p-online-text);
  }
  .about {
    margin-block-start: var(--p-space-2);
    text-wrap: balance;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--p-space-15);
    margin-block-start: var(--p-space-2);
  }
`;
