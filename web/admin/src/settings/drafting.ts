import type { PropertyDeclarations } from "lit";
import { Loaded, Screen } from "../shell/screen.ts";
import type { Settings } from "../wire.ts";
import { patchOf, withPart } from "./draft.ts";

/** A screen that changes settings, and saves them together at its foot. */
export abstract class SettingsScreen extends Screen {
  static override properties: PropertyDeclarations = {
    draft: { state: true },
    busy: { state: true },
  };
  protected draft: Settings | null = null;
  protected busy = false;
  protected readonly settings = new Loaded<Settings>(this, () => this.api.get("/settings"));

  protected override begin(): void {
    void this.settings.load();
  }

  protected put(path: string, value: unknown): void {
    const now = this.draft ?? this.settings.value;
    if (now) this.draft = withPart(now, path, value);
  }

  protected get patch(): unknown {
    return this.draft ? patchOf(this.settings.value, this.draft) : undefined;
  }

  protected footer() {
    return this.foot(
      this.patch !== undefined,
      () => this.save(),
      () => this.reset(),
      this.busy,
    );
  }

  protected reset(): void {
    this.draft = null;
  }

  protected async save(): Promise<void> {
    this.busy = true;
    const saved = await this.desk.try(
      () => this.api.patch<Settings>("/settings", this.patch),
      this.t("saved"),
    );
    this.busy = false;
    if (!saved) return;
    this.settings.set(saved);
    this.reset();
  }
}
