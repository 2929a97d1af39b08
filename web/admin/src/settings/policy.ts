import { html, type PropertyDeclarations } from "lit";
import { define } from "../../../ui/src/define.ts";
import { Screen } from "../shell/screen.ts";
import type { ContentPolicy, Switches } from "../wire.ts";

const KINDS: (keyof Switches)[] = ["pictures", "files", "emoji", "links"];
/** Item by item begins where everything is allowed. */
const EVERYTHING: Switches = { pictures: true, files: true, emoji: true, links: true };

/** What messages may hold: as named, or item by item. Tells "put". */
export class AdminPolicy extends Screen {
  static override properties: PropertyDeclarations = {
    value: { attribute: false },
    inherits: { attribute: false },
  };
  /** Null: as on the whole site. */
  value: ContentPolicy | null = "standard";
  /** "As on the whole site" is one of the choices. */
  inherits = false;

  override render() {
    const { value: policy } = this;
    const name = policy === null ? "site" : typeof policy === "string" ? policy : "own";
    const names = ["standard", "text-only", "own"] as const;
    return html`<div class="pick" role="radiogroup" aria-label=${this.t("settings.content")} style="margin-block:8px 12px"
      >${(this.inherits ? (["site", ...names] as const) : names).map(
        (one) => html`<label><input type="radio" name="policy" value=${one} .checked=${name === one}
          @change=${() => this.put(one === "site" ? null : one === "own" ? EVERYTHING : one)}
            />${this.t(`settings.content.${one}`)}</label>`,
      )}</div>
      ${
        policy === null || typeof policy === "string"
          ? html`<p class="hint">${this.t(`settings.content.${policy ?? "site"}.hint`)}</p>`
          : KINDS.map((kind) => this.item(kind, policy))
      }`;
  }

  private item(kind: keyof Switches, policy: Partial<Switches>) {
    const put = (event: Event) => {
      const on = (event.target as HTMLInputElement).checked;
      this.put({ ...EVERYTHING, ...policy, [kind]: on });
    };
    return html`<label class="check"><input type="checkbox" .checked=${policy[kind] ?? true} @change=${put}
      /><span>${this.t(`settings.content.kind.${kind}`)}</span></label>`;
  }

  private put(value: ContentPolicy | null): void {
    this.dispatchEvent(new CustomEvent<ContentPolicy | null>("put", { detail: value }));
  }
}

define("admin-policy", AdminPolicy);
