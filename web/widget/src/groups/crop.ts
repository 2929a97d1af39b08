import { html, LitElement, nothing, type PropertyDeclarations } from "lit";
import type { Crop } from "#client";
import { buttonStyles } from "#ui/button/button.styles.ts";
import { define } from "#ui/define.ts";
import { base } from "#ui/theme/tokens.ts";
import type { Context } from "../context.ts";
import { cropStyles } from "./crop.styles.ts";
import { moved, nearest, rounded, whole, zoomed, zoomOf } from "./square.ts";

/** Of the square, by one press of an arrow key. */
const STEP = 0.05;
const KEY_ZOOM = 1.15;
/** Sharp enough on any screen. */
const PIXELS = 704;

/** Asks which square of a picture is meant: `await crop.ask(picture)`; null when one would rather not. */
export class CropDialog extends LitElement {
  static override styles = [base, buttonStyles, cropStyles];
  static override properties: PropertyDeclarations = {
    ctx: { attribute: false },
    picture: { state: true },
    square: { state: true },
  };

  ctx!: Context;
  private picture: ImageBitmap | null = null;
  private square: Crop = { x: 0, y: 0, size: 1 };
  private answer: (crop: Crop | null) => void = () => {};
  /** Where each finger is. */
  private readonly fingers = new Map<number, { x: number; y: number }>();

  async ask(picture: ImageBitmap): Promise<Crop | null> {
    this.picture = picture;
    this.square = whole(picture);
    await this.updateComplete;
    this.box?.showModal();
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }

  protected override updated(): void {
    const { picture, square } = this;
    const canvas = this.renderRoot.querySelector("canvas");
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen || !picture) return;
    const { x, y, size } = square;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, PIXELS, PIXELS);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, x, y, size, size, 0, 0, PIXELS, PIXELS);
  }

  override render() {
    const { picture } = this;
    if (!picture) return nothing;
    const { i18n } = this.ctx;
    const most = nearest(picture);
    const zoom = zoomOf(this.square, picture);
    return html`<dialog aria-labelledby="title" part="dialog" @close=${this.onClose} @keydown=${(event: Event) => event.stopPropagation()}>
      <h2 id="title">${i18n.t("groups.crop.title")}</h2>
      <div class="area" role="application" tabindex="0" aria-label=${i18n.t("groups.crop.area")} aria-describedby="hint" @keydown=${this.onKey} @wheel=${this.onWheel}
        @pointerdown=${this.onDown} @pointermove=${this.onMove} @pointerup=${this.onUp} @pointercancel=${this.onUp}>
        <canvas width=${PIXELS} height=${PIXELS}></canvas><span class="mask"></span>
      </div>
      <label class="zoom">${i18n.t("groups.crop.zoom")}
        <input type="range" min="1" max=${most} step="0.01" .value=${String(zoom)} ?disabled=${most === 1} @input=${this.onZoom} /></label>
      <p class="hint" id="hint">${i18n.t("groups.crop.hint")}</p>
      <div class="choices">
        <button type="button" class="button plain" @click=${() => this.box?.close()}>${i18n.t("screen.cancel")}</button>
        <button type="button" class="button" @click=${() => this.box?.close("yes")}>${i18n.t("groups.crop.done")}</button>
      </div>
    </dialog>`;
  }

  private get box(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  /** How many pixels of the picture lie under one of the screen. */
  private get scale(): number {
    const area = this.renderRoot.querySelector<HTMLElement>(".area");
    return this.square.size / (area?.clientWidth || 1);
  }

  private move(dx: number, dy: number): void {
    if (this.picture) this.square = moved(this.square, this.picture, dx, dy);
  }

  private zoom(by: number): void {
    const { picture, square } = this;
    if (picture) this.square = zoomed(square, picture, zoomOf(square, picture) * by);
  }

  private onClose = (): void => {
    const { picture, square, box } = this;
    this.answer(picture && box?.returnValue === "yes" ? rounded(square, picture) : null);
    this.picture = null;
    this.fingers.clear();
  };

  private onKey = (event: KeyboardEvent): void => {
    const step = this.square.size * STEP;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const move = moves[event.key];
    if (move) this.move(...move);
    else if (event.key === "+" || event.key === "=") this.zoom(KEY_ZOOM);
    else if (event.key === "-") this.zoom(1 / KEY_ZOOM);
    else return;
    event.preventDefault();
  };

  private onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY / 400));
  };

  private onZoom = (event: Event): void => {
    const { picture, square } = this;
    const zoom = Number((event.target as HTMLInputElement).value);
    if (picture) this.square = zoomed(square, picture, zoom);
  };

  private onDown = (event: PointerEvent): void => {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };

  private onMove = (event: PointerEvent): void => {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const apart = this.apart();
    this.fingers.set(event.pointerId, now);
    if (apart > 0) this.zoom(this.apart() / apart);
    const share = this.scale / this.fingers.size;
    this.move((before.x - now.x) * share, (before.y - now.y) * share);
  };

  /** How far two fingers are from each other. */
  private apart(): number {
    const [a, b] = [...this.fingers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }

  private onUp = (event: PointerEvent): void => {
    this.fingers.delete(event.pointerId);
  };
}

define("parvis-crop", CropDialog);
