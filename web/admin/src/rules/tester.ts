import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import "../members/pick.ts";
import { icon } from "../shell/icons.ts";
import { Screen } from "../shell/screen.ts";
import type { Explained, Explanation, Member, Population, Right, View } from "../wire.ts";
import { RIGHTS } from "./matrix.ts";

/** "Can Anna write to Ben? Which rule says so?" */
export class AdminRulesTester extends Screen {
  static override properties: PropertyDeclarations = {
    populations: { attribute: false },
    views: { attribute: false },
    from: { state: true },
    to: { state: true },
    there: { state: true },
    back: { state: true },
  };
  populations: Population[] = [];
  views: View[] = [];
  private from: Member | null = null;
  private to: Member | null = null;
  private there: Explained | null = null;
  private back: Explained | null = null;

  override render() {
    return html`<section class="card stack"><div><h2 class="title">${this.t("rules.test")}</h2><p class="hint"
      >${this.t("rules.test.hint")}</p></div>
      <div class="two"><admin-pick .desk=${this.desk} .label=${this.t("rules.test.from")}
        @pick=${(event: CustomEvent<Member | null>) => this.pick("from", event.detail)}></admin-pick>
        <admin-pick .desk=${this.desk} .label=${this.t("rules.test.to")} @pick=${(
          event: CustomEvent<Member | null>,
        ) => this.pick("to", event.detail)}></admin-pick></div>
      <div role="status" class="stack">${
        this.there && this.from && this.to
          ? html`${this.answer(this.from, this.to, this.there)}${
              this.back ? this.answer(this.to, this.from, this.back) : nothing
            }`
          : nothing
      }</div></section>`;
  }

  private async pick(which: "from" | "to", member: Member | null): Promise<void> {
    this[which] = member;
    this.there = null;
    this.back = null;
    const { from, to } = this;
    if (!from || !to) return;
    const ask = (a: Member, b: Member) =>
      this.api.post<Explained>("/rules/explain", { from: a.id, to: b.id });
    const both = await this.desk.try(() => Promise.all([ask(from, to), ask(to, from)]));
    if (both && this.from === from && this.to === to) [this.there, this.back] = both;
  }

  private answer(from: Member, to: Member, explained: Explained) {
    return html`<div><h3 class="strong">${from.name} → ${to.name}</h3><div class="table-scroll"><table><tbody
      >${RIGHTS.map((right) => this.line(right, explained[right]))}</tbody></table></div></div>`;
  }

  private line(right: Right, why: Explanation) {
    return html`<tr><th scope="row">${this.t(`rules.right.${right}`)}</th><td><span class="chip ${
      why.allowed ? "good" : "bad"
    }">${icon(why.allowed ? "check" : "close")}${this.t(why.allowed ? "rules.may" : "rules.maynot")}</span></td
        ><td>${this.words(why)}</td></tr>`;
  }

  private words(why: Explanation): string {
    const { i18n } = this.desk;
    if (why.by !== "rule" || !why.rule) return i18n.find(`rules.by.${why.by}`) ?? why.by;
    const { rule } = why;
    const name = (slug: string) => this.populations.find((one) => one.slug === slug)?.name ?? slug;
    const to =
      rule.to === "everyone"
        ? this.t("everyone")
        : "population" in rule.to
          ? name(rule.to.population)
          : this.viewName(rule.to.view);
    const rights = i18n.list(rule.rights.map((right) => this.t(`rules.right.${right}`)));
    return this.t(`rules.by.rule.${rule.effect}`, {
      n: why.place ?? "",
      from: name(rule.from),
      to,
      rights,
    });
  }

  private viewName(id: string): string {
    return this.views.find((one) => one.id === id)?.name ?? id;
  }
}

define("admin-rules-tester", AdminRulesTester);
