import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Population, Rule, Settings, View } from "../wire.ts";
import { type Matrix, matrixOf, rulesOf, same } from "./matrix.ts";
import "./populations.ts";
import "./preview.ts";
import "./table.ts";
import "./tester.ts";

interface Everything {
  rules: Rule[];
  settings: Settings;
  populations: Population[];
  views: View[];
}

/** Who may do what towards whom. */
export class AdminRules extends Screen {
  static override properties: PropertyDeclarations = {
    matrix: { state: true },
    messaging: { state: true },
    busy: { state: true },
  };
  private matrix: Matrix | null = null;
  private messaging: boolean | null = null;
  private busy = false;
  private readonly all = new Loaded<Everything>(this, async () => {
    const [rules, settings, populations, views] = await Promise.all([
      this.api.get<Rule[]>("/rules"),
      this.api.get<Settings>("/settings"),
      this.api.all<Population>("/populations"),
      this.api.all<View>("/views"),
    ]);
    return { rules, settings, populations, views };
  });

  protected override begin(): void {
    void this.all.load();
  }

  override render() {
    const [tab = ""] = this.place.rest;
    const tabs = ["", "populations", "test"] as const;
    return html`${this.head(this.t("nav.rules"), nothing, this.t("rules.hint"))}
      <nav class="tabs" aria-label=${this.t("nav.rules")}>${tabs.map(
        (one) => html`<a href=${this.desk.link(
          "rules",
          one ? [one] : [],
        )} aria-current=${one === tab ? "page" : nothing}>${this.t(`rules.tab.${one || "table"}`)}</a
          >`,
      )}</nav>
      ${this.when(this.all, (all) =>
        tab === "test"
          ? html`<admin-rules-tester .desk=${this.desk} .populations=${all.populations} .views=${all.views}
            ></admin-rules-tester>`
          : tab === "populations"
            ? html`<admin-populations .desk=${this.desk} .populations=${all.populations} @changed=${() =>
                this.all.load()}></admin-populations>`
            : this.table(all),
      )}`;
  }

  private table(all: Everything) {
    const on = this.messaging ?? all.settings.features.messaging;
    const matrix = this.matrix ?? matrixOf(all.rules);
    const rules = rulesOf(matrix);
    const changed = !same(rules, all.rules);
    const dirty = changed || on !== all.settings.features.messaging;
    return html`<section class="card">${this.toggle(
      "rules-messaging",
      on,
      this.t("rules.messaging"),
      this.t("rules.messaging.hint"),
      (value) => {
        this.messaging = value;
      },
    )}</section>
      ${
        on
          ? html`<admin-rules-table .desk=${this.desk} .matrix=${matrix} .populations=${all.populations}
            .views=${all.views} .open=${rules.length === 0} @matrix=${(
              event: CustomEvent<Matrix>,
            ) => {
              this.matrix = event.detail;
            }}></admin-rules-table>${
              changed
                ? html`<admin-rules-preview .desk=${this.desk} .rules=${rules}
            ></admin-rules-preview>`
                : nothing
            }`
          : nothing
      }
      ${this.foot(dirty, () => this.save(all, rules, on), this.reset, this.busy)}`;
  }

  private readonly reset = (): void => {
    this.matrix = null;
    this.messaging = null;
  };

  private async save(all: Everything, rules: Rule[], messaging: boolean): Promise<void> {
    this.busy = true;
    const done = await this.desk.try(async () => {
      if (messaging !== all.settings.features.messaging)
        await this.api.patch("/settings", { features: { messaging } });
      if (!same(rules, all.rules)) await this.api.put("/rules", rules);
      return true;
    }, this.t("rules.saved"));
    if (done) {
      await this.all.load();
      this.reset();
    }
    this.busy = false;
  }
}

define("admin-rules", AdminRules);
