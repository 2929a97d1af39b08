import { LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { type Client, type Message, Problem, type SiteInfo } from "#client";
import { asJson } from "#client/json.ts";
import { type Context, localeFor, pageClient, speak } from "./context.ts";
import { fetchPiece } from "./pieces.ts";

/** The base of every public element: finds the page's client and the language, and speaks to the page by DOM events. */
export abstract class ParvisElement extends LitElement {
  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    theme: { reflect: true },
    ctx: { state: true },
  };
  /** Set by a developer to use a client of their own. */
  client: Client | null = pageClient();
  theme: "light" | "dark" | "auto" | null = null;
  protected ctx: Context | null = null;
  #spoken = "";
  #unread = -1;
  #ready = false;
  #problem: Problem | null = null;
  #followed: Client | null = null;
  #look: SiteInfo["theme"] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("keydown", this.#onKey);
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow();
  }

  protected override willUpdate(): void {
    if (this.client !== this.#followed && this.isConnected) this.#follow();
  }

  protected abstract draw(ctx: Context): TemplateResult | typeof nothing;

  /** Elements that show conversations tell the page what happens in them. */
  protected get announces(): boolean {
    return false;
  }

  /** Called after every change of the client, before drawing. */
  protected onClientChange(_client: Client): void {}

  override render() {
    return this.ctx && this.client ? this.draw(this.ctx) : nothing;
  }

  protected emit<T>(name: string, detail?: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** What can be done here by keyboard. */
  protected help = (): void => {
    fetchPiece("shortcuts").then(
      ({ showShortcuts }) => this.ctx && showShortcuts(this.ctx, this.renderRoot, this.localName),
      (error) => this.fail(error),
    );
  };

  #onKey = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0] as Element;
    if (event.key !== "?" || event.defaultPrevented || target.matches(":read-write")) return;
    event.preventDefault();
    this.help();
  };

  protected fail(error: unknown): void {
    this.emit("parvis-error", Problem.of(error));
  }

  #follow(): void {
    this.#unfollow();
    this.#followed = this.client;
    if (!this.client) return;
    this.client.addEventListener("change", this.#onChange);
    this.client.addEventListener("message", this.#onMessage);
    this.client.addEventListener("problem", this.#onProblem);
    this.#onChange();
  }

  #unfollow(): void {
    this.#followed?.removeEventListener("change", this.#onChange);
    this.#followed?.removeEventListener("message", this.#onMessage);
    this.#followed?.removeEventListener("problem", this.#onProblem);
    this.#followed = null;
  }

  #onChange = (): void => {
    const { client } = this;
    if (!client) return;
    void this.#speak(client);
    this.#dress(client.site?.theme);
    this.onClientChange(client);
    this.requestUpdate();
    if (client.status === "online" && !this.#ready) {
      this.#ready = true;
      this.emit("parvis-ready");
    }
    if (!this.announces) return;
    if (client.problem && client.problem !== this.#problem) this.fail(client.problem);
    this.#problem = client.problem;
    if (client.state.unread !== this.#unread) {
      this.#unread = client.state.unread;
      this.emit("parvis-unread", { count: this.#unread });
    }
  };

  /** What the organizers chose; the page's own `--parvis-…` win over it. */
  #dress(look: SiteInfo["theme"] | undefined): void {
    if (look === this.#look) return;
    this.#look = look;
    for (const name of ["accent", "radius", "font"] as const)
      this.style.setProperty(`--parvis-site-${name}`, look?.[name] ?? "");
  }

  #onMessage = (event: Event): void => {
    if (this.announces) this.emit("parvis-message", (event as CustomEvent<Message>).detail);
  };

  #onProblem = (event: Event): void => {
    if (this.announces) this.emit("parvis-error", (event as CustomEvent<Problem>).detail);
  };

  /** Makes the context anew when the site or the language is another than before. */
  async #speak(client: Client): Promise<void> {
    const known = `${localeFor(client, this).locale} ${asJson(client.site)}`;
    if (known === this.#spoken) return;
    this.#spoken = known;
    try {
      const i18n = await speak(client, this);
      if (known !== this.#spoken) return;
      this.ctx = { client, i18n };
      // Where the page is written the other way. Without need the attribute stays as the page has it.
      if (getComputedStyle(this).direction !== i18n.dir) this.dir = i18n.dir;
    } catch (error) {
      this.#spoken = "";
      this.fail(error);
    }
  }
}
