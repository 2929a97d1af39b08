import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { Problem } from "../../../client/src/problem.ts";
import { define } from "../../../ui/src/define.ts";
import { icon } from "../shell/icons.ts";
import "../shell/menu.ts";
import type { Part } from "../shell/menu.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { CannedAnswer, Message, Note } from "../wire.ts";
import { Correspondence, newDraft } from "./correspondence.ts";

const MOST = 4_000;
type Line = { at: string; message: Message } | { at: string; note: Note };

/** The whole conversation between one member and the organizers, with answering from here. */
export class AdminTalk extends Screen {
  static override properties: PropertyDeclarations = {
    member: { attribute: false },
    conversation: { attribute: false },
    name: { attribute: false },
    noting: { state: true },
    text: { state: true },
    busy: { state: true },
  };
  member = "";
  conversation = "";
  name = "";
  private noting = false;
  private text = "";
  private busy = false;
  private draft = newDraft();
  private said!: Correspondence;
  private stop: (() => void) | null = null;
  private stuck = true;
  private readonly notes = new Loaded<Note[]>(this, async () =>
    this.said.id ? this.api.all<Note>(`/conversations/${this.said.id}/notes`) : [],
  );
  private readonly canned = new Loaded<CannedAnswer[]>(this, () => this.api.all("/canned-answers"));

  protected override begin(): void {
    this.until(() => this.stop?.());
    void this.canned.load();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("member") && !changed.has("conversation")) return;
    this.stop?.();
    this.text = "";
    this.stuck = true;
    this.said = new Correspondence(
      this.desk,
      this.conversation ? { conversation: this.conversation } : { member: this.member },
    );
    let known = this.said.id;
    const heard = () => {
      if (this.said.id !== known) void this.notes.load();
      known = this.said.id;
      this.requestUpdate();
    };
    this.said.addEventListener("change", heard);
    const { said } = this;
    this.stop = () => said.end();
    this.notes.value = undefined;
    if (known) void this.notes.load();
  }

  protected override updated(): void {
    const log = this.querySelector(".log");
    if (log && this.stuck) log.scrollTop = log.scrollHeight;
  }

  override render() {
    const { said } = this;
    return html`<div class="talk">${this.bar()}
      <div class="log" role="log" tabindex="0" aria-label=${this.t("conversations.log", { name: this.name })}
        @scroll=${this.onScroll}>
        ${
          said.problem && !said.loaded
            ? this.failed(Problem.of(said.problem), () => void said.load())
            : said.loaded
              ? this.lines()
              : html`<div class="bones"><i></i><i></i></div>`
        }</div>
      ${this.writing()}</div>`;
  }

  /** What stands above: the inbox says whose conversation it is and what can be done with it. */
  protected bar(): unknown {
    return nothing;
  }

  private readonly onScroll = (event: Event): void => {
    const log = event.currentTarget as HTMLElement;
    this.stuck = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  };

  private lines() {
    const { said } = this;
    const lines: Line[] = [
      ...said.messages.map((message) => ({ at: message.sent_at, message })),
      ...(this.notes.value ?? []).map((note) => ({ at: note.at, note })),
    ].sort((a, b) => a.at.localeCompare(b.at));
    if (lines.length === 0)
      return html`<div class="empty">${icon("chat")}<p>${this.t("conversations.empty", { name: this.name })}</p></div>`;
    const { dates } = this.desk.i18n;
    let day = "";
    return html`${
      said.more
        ? html`<button type="button" class="button small plain" style="align-self:center"
      @click=${() => said.older()}>${this.t("conversations.older")}</button>`
        : nothing
    }
      ${lines.map((line) => {
        const key = dates.dayKey(line.at);
        const first = key !== day;
        day = key;
        return html`${first ? html`<p class="day">${dates.day(line.at, Date.now())}</p>` : nothing}${
          "note" in line ? this.note(line.note) : this.message(line.message)
        }`;
      })}`;
  }

  private message(message: Message) {
    const ours = message.author.kind !== "member";
    const time = this.desk.i18n.dates.time(message.sent_at);
    return html`<article class="said ${ours ? "ours" : ""}"><div class="bubble">${
      message.removed
        ? html`<i
      class="muted">${this.t("conversations.removed")}</i>`
        : message.body
    }</div>
      <small>${message.author.name} · ${time}${message.edited_at ? ` · ${this.t("conversations.edited")}` : ""}</small
        ></article>`;
  }

  private note(note: Note) {
    return html`<article class="said note"><div class="bubble"><b class="small"
      >${icon("note")} ${this.t("conversations.note.by", { name: note.by.name })}</b><p style="white-space:pre-wrap"
        >${note.body}</p><button type="button" class="link small" @click=${() => this.drop(note)}
          >${this.t("delete")}</button></div></article>`;
  }

  private async drop(note: Note): Promise<void> {
    if (
      await this.desk.try(() => this.api.remove(`/conversations/${this.said.id}/notes/${note.id}`))
    )
      await this.notes.load();
  }

  private writing() {
    const label = this.t(this.noting ? "conversations.note" : "conversations.answer", {
      name: this.name,
    });
    return html`<form class="write" @submit=${this.onSubmit}>
      <textarea class="input" aria-label=${label} placeholder=${label} maxlength=${MOST} .value=${this.text}
        @input=${this.onInput} @keydown=${this.onKey}
        style=${this.noting ? "background:var(--p-warn-soft)" : ""}></textarea>
      <div class="row spread"><div class="row">
        <label class="check small"><input type="checkbox" .checked=${this.noting} @change=${this.onNoting}
          ?disabled=${!this.said.id} /><span>${this.t("conversations.note.switch")}</span></label>
        <admin-menu .label=${this.t("conversations.canned")} .look=${"button small plain"}
          .face=${html`${icon("star")}<span>${this.t("conversations.canned")}</span>`} .parts=${() => this.answers()}
            ></admin-menu></div>
        <button class="button" ?disabled=${this.busy || !this.text.trim()}>${icon(
          this.noting ? "note" : "send",
        )}${this.t(this.noting ? "conversations.note.save" : "conversations.send")}</button></div></form>`;
  }

  private answers(): Part[] {
    const canned = this.canned.value ?? [];
    const choices = canned.map((one) => ({
      label: one.title,
      icon: "chat" as const,
      run: () => {
        this.text = [this.text.trim(), one.body].filter(Boolean).join("\n\n");
        this.querySelector<HTMLElement>("textarea")?.focus();
      },
    }));
    const all = {
      label: this.t("conversations.canned.manage"),
      icon: "edit" as const,
      run: () => this.desk.router.go(this.desk.link("messages", ["answers"])),
    };
    return choices.length > 0 ? [{ choices }, { choices: [all] }] : [{ choices: [all] }];
  }

  private readonly onNoting = (event: Event): void => {
    this.noting = (event.target as HTMLInputElement).checked;
  };

  private readonly onInput = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.send();
    }
  };

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.send();
  };

  private async send(): Promise<void> {
    const body = this.text.trim();
    if (!body || this.busy) return;
    this.busy = true;
    this.stuck = true;
    if (this.noting) {
      const path = `/conversations/${this.said.id}/notes`;
      if (await this.desk.try(() => this.api.post(path, { body }))) {
        this.text = "";
        await this.notes.load();
      }
    } else if (await this.said.send(body, this.draft)) {
      this.draft = newDraft();
      this.text = "";
    }
    this.busy = false;
  }
}

define("admin-talk", AdminTalk);
