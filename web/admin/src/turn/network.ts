import { html, nothing, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Network } from "../wire.ts";
import { type Attempt, tryAll } from "./trying.ts";

/** The relay for calls: how it is set up, and which ways work from this browser. */
export class AdminNetwork extends Screen {
  static override properties: PropertyDeclarations = {
    attempts: { state: true },
    trying: { state: true },
  };
  private attempts: Attempt[] | null = null;
  private trying = false;
  private readonly network = new Loaded<Network>(this, () => this.api.get("/network"));

  protected override begin(): void {
    void this.network.load();
  }

  override render() {
    return html`<section class="card stack"><div><h2 class="title">${this.t("turn.title")}</h2>
      <p class="hint">${this.t("turn.hint")}</p></div>${this.when(
        this.network,
        (network) => html`${this.setUp(network)}${this.tried(network)}`,
        2,
      )}</section>`;
  }

  private setUp(network: Network) {
    const {
      listen_ports: ports,
      relay_ports: range,
      announced,
      announced_private: inside,
    } = network;
    return html`<p>${this.t(`turn.${network.relay}`)}</p>
      ${network.problem ? html`<p class="banner" role="status"><span>${network.problem}</span></p>` : nothing}
      ${
        range
          ? html`<p class="hint">${this.t("turn.open", {
              ports: ports.join(", "),
              from: String(range.from),
              to: String(range.to),
              address: announced.join(", "),
            })}</p>`
          : nothing
      }
      ${
        inside.length
          ? html`<p class="banner"><span>${this.t("turn.private", { address: inside.join(", ") })}</span></p>`
          : nothing
      }`;
  }

  private tried(network: Network) {
    if (network.ice_servers.length === 0) return nothing;
    const label = this.trying ? "turn.trying" : "turn.try";
    return html`<div><button type="button" class="button soft" ?disabled=${this.trying} @click=${this.look}
        >${this.t(label)}</button></div>
      <div role="status">${
        this.attempts
          ? html`<p><strong>${this.verdict(this.attempts)}</strong></p><ul class="plain stack small">${this.attempts.map(
              (one) => html`<li><span class="chip ${one.works ? "good" : "bad"}"
              >${this.t(one.works ? "turn.works" : "turn.fails")}</span> ${this.t(`turn.way.${one.way}`)}
              <code>${one.url}</code>${one.address ? html` → <code>${one.address}</code>` : nothing}</li>`,
            )}</ul>`
          : nothing
      }</div>`;
  }

  private verdict(attempts: Attempt[]): string {
    const relays = attempts.filter(({ way }) => way !== "stun");
    if (!relays.some(({ works }) => works)) return this.t("turn.verdict.none");
    return this.t(relays.every(({ works }) => works) ? "turn.verdict.all" : "turn.verdict.some");
  }

  /** With credentials of this moment. */
  private readonly look = async (): Promise<void> => {
    this.trying = true;
    await this.network.load();
    this.attempts = await tryAll(this.network.value?.ice_servers ?? []);
    this.trying = false;
  };
}

define("admin-network", AdminNetwork);
