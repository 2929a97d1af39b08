import { css, html, LitElement, nothing, type PropertyDeclarations } from "lit";
import type { Crop, Picture } from "#client";
import { define } from "#ui/define.ts";
import { iconStyles } from "#ui/icon/icon.ts";
import "#ui/menu/menu.ts";
import type { MenuItem, ParvisMenu } from "#ui/menu/menu.ts";
import { base } from "#ui/theme/tokens.ts";
import type { Context } from "../context.ts";
import { address } from "../face.ts";
import "./crop.ts";
import type { CropDialog } from "./crop.ts";
import { drawing } from "./drawings.ts";
import { HEAVIEST, pictureIn, squareOf } from "./shrink.ts";
import { why } from "./why.ts";

/** The picture of a group, and the way to another. Tells "picture" with the new one, or null for none. */
export class GroupPicture extends LitElement {
  static override styles = [
    base,
    iconStyles,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: var(--p-space-2);
        text-align: center;
      }
      .frame {
        position: relative;
        border-radius: var(--p-avatar-radius, 50%);
      }
      parvis-avatar {
        --size: 96px;
      }
      .camera {
        position: absolute;
        inset-block-end: -4px;
        inset-inline-end: -4px;
        display: grid;
        place-items: center;
        inline-size: 36px;
        block-size: 36px;
        border: 3px solid var(--p-surface);
        border-radius: 50%;
        background: var(--p-accent);
        color: var(--p-on-accent);
      }
      .camera .icon {
        inline-size: 18px;
        block-size: 18px;
      }
      button.frame:hover .camera {
        filter: brightness(1.08);
      }
      p {
        font-size: var(--p-type-4);
        color: var(--p-muted);
      }
      .error {
        max-inline-size: 320px;
        color: var(--p-danger);
      }
      [aria-busy="true"] parvis-avatar {
        opacity: 0.4;
      }
      input {
        display: none;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    ctx: { attribute: false },
    name: { attribute: false },
    seed: { attribute: false },
    url: { attribute: false },
    editable: { attribute: false },
    busy: { state: true },
    error: { state: true },
  };

  ctx!: Context;
  name = "";
  seed = "";
  url: string | null = null;
  editable = false;
  private busy = false;
  private error: string | null = null;

  override render() {
    const { i18n } = this.ctx;
    const face = html`<parvis-avatar exportparts="avatar" .name=${this.name} .seed=${this.seed} .src=${address(this.ctx, this.url)} .icon=${"people"}></parvis-avatar>`;
    if (!this.editable) return face;
    const label = i18n.t(this.url ? "groups.picture.change" : "groups.picture.add");
    return html`<button type="button" class="frame" aria-label=${label} title=${label} aria-busy=${this.busy ? "true" : "false"} ?disabled=${this.busy}
        aria-describedby="error" @click=${this.onPress}>${face}<span class="camera">${drawing("camera")}</span></button>
      <p role="status" ?hidden=${!this.busy}>${this.busy ? i18n.t("groups.picture.sending") : nothing}</p>
      <p class="error" id="error" role="alert" ?hidden=${!this.error}>${this.error}</p>
      <input type="file" accept="image/png,image/jpeg,image/webp,image/gif" aria-label=${i18n.t("groups.picture")} @change=${this.onFile} />
      <parvis-crop exportparts="dialog" .ctx=${this.ctx}></parvis-crop><parvis-menu exportparts="menu"></parvis-menu>`;
  }

  private onPress = (event: Event): void => {
    const { i18n } = this.ctx;
    const input = this.renderRoot.querySelector("input");
    const choose = () => input?.click();
    if (!this.url) return choose();
    const anchor = event.currentTarget as HTMLElement;
    const items: MenuItem[] = [
      { label: i18n.t("groups.picture.choose"), icon: "edit", run: choose },
      {
        label: i18n.t("groups.picture.remove"),
        icon: "trash",
        danger: true,
        run: () => this.tell(null),
      },
    ];
    void this.renderRoot
      .querySelector<ParvisMenu>("parvis-menu")
      ?.show(anchor, i18n.t("groups.picture"), items);
  };

  private onFile = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    this.error = null;
    this.busy = true;
    try {
      const picture = await pictureIn(file);
      this.busy = false;
      const dialog = this.renderRoot.querySelector<CropDialog>("parvis-crop");
      const crop = picture ? await dialog?.ask(picture) : undefined;
      if (picture && !crop) return;
      this.busy = true;
      this.tell(await this.send(file, picture, crop ?? undefined));
    } catch (error) {
      this.error = why(error, this.ctx.i18n);
    } finally {
      this.busy = false;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(".frame")?.focus();
    }
  };

  /** What the browser can't read goes as it is: the server says what is wrong with it. */
  private async send(file: File, picture: ImageBitmap | null, crop?: Crop): Promise<Picture> {
    const groups = await this.ctx.client.groups();
    if (file.size <= HEAVIEST || !picture || !crop) return groups.upload(file, crop);
    return groups.upload((await squareOf(picture, crop)) ?? file);
  }

  private tell(detail: Picture | null): void {
    this.error = null;
    this.dispatchEvent(new CustomEvent("picture", { detail, bubbles: true }));
  }
}

define("parvis-group-picture", GroupPicture);
