import { html, nothing } from "lit";
import { define } from "../../../ui/src/define.ts";
import { facetsOf } from "../members/facets.ts";
import { Loaded } from "../shell/screen.ts";
import "../shell/words.ts";
import type { AdminWords } from "../shell/words.ts";
import type { ContentPolicy, Facets, FeatureName, Settings } from "../wire.ts";
import { SettingsScreen } from "./drafting.ts";
import "./policy.ts";
import "./secret.ts";
import "./site-name.ts";
import { read, written } from "./themes.ts";
import "../turn/network.ts";

type Shown = Exclude<FeatureName, "messaging">;
const FEATURES: Shown[] = [
  "member_chat",
  "groups",
  "contact_requests",
  "contact_organizer",
  "rooms",
  "moderation",
  "video",
  "matchmaking",
];

/** What is on and what is off, what may be written, who may embed the site. */
export class AdminSettings extends SettingsScreen {
  private readonly facets = new Loaded<Facets>(this, () => facetsOf(this.api));

  protected override begin(): void {
    super.begin();
    void this.facets.load();
  }

  override render() {
    return html`${this.head(this.t("nav.settings"))}${this.when(this.settings, (settings) => {
      const shown = this.draft ?? settings;
      return html`<admin-site-name .desk=${this.desk}></admin-site-name
        >${this.features(shown)}${this.themes(shown)}${this.content(shown)}${this.limits(shown)}${this.access(shown)}
         <admin-network .desk=${this.desk}></admin-network>
        ${this.desk.may("owner") ? html`<admin-secret .desk=${this.desk}></admin-secret>` : nothing}${this.footer()}`;
    })}`;
  }

  private features({ features }: Settings) {
    return html`<section class="card"><h2>${this.t("settings.features")}</h2><p class="hint"
      >${this.t("settings.features.hint")}</p>
      ${
        features.messaging
          ? nothing
          : html`<p class="banner" style="margin-block:12px 0"><span
        >${this.t("settings.off")} <a href=${this.desk.link("rules")}>${this.t("nav.rules")}</a></span></p>`
      }
      ${FEATURES.map((name) =>
        this.toggle(
          `feature-${name}`,
          features[name],
          this.t(`settings.${name}`),
          this.hintOf(name),
          (on) => this.put(`features.${name}`, on),
        ),
      )}</section>`;
  }

  private hintOf(name: Shown) {
    const hint = this.t(`settings.${name as "video"}.hint`);
    const { value } = this.facets;
    if (name !== "matchmaking" || !value) return hint;
    const { i18n } = this.desk;
    const data = i18n.plural("settings.matchmaking.data", value.with_interests, {
      all: i18n.number(value.members),
    });
    return html`${hint} <b>${data}</b>${
      value.with_interests === 0 ? html` ${this.t("settings.matchmaking.none")}` : nothing
    }`;
  }

  /** What members choose their interests from. */
  private themes(shown: Settings) {
    if (!shown.features.matchmaking) return nothing;
    return html`<section class="card"><h2><label for="themes">${this.t("settings.themes")}</label></h2><p class="hint" id="themes-hint"
      >${this.t("settings.themes.hint")}</p><textarea class="input" id="themes" rows="5" style="margin-block-start:12px"
        aria-describedby="themes-hint" .value=${written(shown.themes ?? [])} @change=${(
          event: Event,
        ) =>
          this.put(
            "themes",
            read((event.target as HTMLTextAreaElement).value),
          )}></textarea></section>`;
  }

  private content(shown: Settings) {
    return html`<section class="card"><h2>${this.t("settings.content")}</h2><p class="hint"
      >${this.t("settings.content.hint")}</p><admin-policy .desk=${this.desk} .value=${shown.content_policy}
        @put=${(event: CustomEvent<ContentPolicy>) => this.put("content_policy", event.detail)}></admin-policy
          ></section>`;
  }

  private limits(shown: Settings) {
    const { per_second, burst } = shown.limits.messages;
    return html`<section class="card"><h2>${this.t("settings.limits")}</h2><p class="hint"
      >${this.t("settings.limits.hint")}</p>
      <div class="two" style="margin-block-start:12px"
        >${this.number("limits.messages.per_second", "settings.limits.per_second", per_second, 0.1)}${this.number("limits.messages.burst", "settings.limits.burst", burst, 1)}${this.most(shown)}</div>
      <div class="field" style="margin-block-start:16px"><span class="label" id="order-label"
        >${this.t("settings.order")}</span><div class="pick" role="radiogroup" aria-labelledby="order-label"
          >${(["newest_first", "oldest_first"] as const).map(
            (one) => html`<label><input type="radio" name="order"
            .checked=${(shown.list_order ?? "newest_first") === one} @change=${() => this.put("list_order", one)}
            />${this.t(`settings.order.${one}`)}</label>`,
          )}</div></div></section>`;
  }

  private most(shown: Settings) {
    const put = (event: Event) => {
      const given = (event.target as HTMLInputElement).valueAsNumber;
      this.put("limits.members", given >= 0 ? Math.floor(given) : null);
    };
    return html`<div class="field"><label for="limits.members">${this.t("settings.limits.members")}</label><input
      class="input narrow" id="limits.members" type="number" min="0" step="1"
      placeholder=${this.t("settings.limits.members.any")} .value=${String(shown.limits.members ?? "")}
        @change=${put} /><span class="hint">${this.t("settings.limits.members.hint")}</span></div>`;
  }

  private number(
    path: string,
    label: "settings.limits.burst" | "settings.limits.per_second",
    value: number,
    least: number,
  ) {
    return html`<div class="field"><label for=${path}>${this.t(label)}</label><input class="input narrow" id=${path}
      type="number" min=${least} step="any" .value=${String(value)} @change=${(event: Event) => {
        const given = (event.target as HTMLInputElement).valueAsNumber;
        if (given >= least) this.put(path, given);
      }} /></div>`;
  }

  private access(shown: Settings) {
    return html`<section class="card stack"><h2 class="title">${this.t("settings.access")}</h2>
      <div class="field"><span class="label">${this.t("settings.origins")}</span><admin-words id="origins"
        .value=${shown.origins ?? []} .label=${this.t("settings.origins")} .placeholder=${"https://www.example.com"}
          .removeLabel=${(word: string) => this.t("members.words.remove", { word })} @change=${(
            event: Event,
          ) =>
            this.put(
              "origins",
              (event.target as AdminWords).value,
            )}></admin-words><span class="hint"
            >${this.t("settings.origins.hint")}</span></div>
      <div class="field"><span class="label" id="accounts-label">${this.t("settings.accounts")}</span><div class="pick"
        role="radiogroup" aria-labelledby="accounts-label">${(["token", "password"] as const).map(
          (one) => html`<label
          ><input type="radio" name="accounts" .checked=${(shown.accounts ?? "token") === one} @change=${() =>
            this.put("accounts", one)} />${this.t(`settings.accounts.${one}`)}</label>`,
        )}</div><span class="hint"
            >${this.t(`settings.accounts.${shown.accounts ?? "token"}.hint`)}</span></div>
      <div class="field"><label for="jwks">${this.t("settings.jwks")}</label><input class="input" id="jwks" type="url"
        placeholder="https://www.example.com/.well-known/jwks.json" .value=${shown.jwks_url ?? ""}
          @change=${(event: Event) => this.put("jwks_url", (event.target as HTMLInputElement).value.trim() || null)}
            /><span class="hint">${this.t("settings.jwks.hint")}</span></div></section>`;
  }
}

define("admin-settings", AdminSettings);
