/** Who is chosen: some by name, or everybody whom the view shows, on whatever page. */
export class Selection {
  private constructor(
    readonly all: boolean,
    readonly ids: ReadonlySet<string>,
  ) {}

  static readonly nobody = new Selection(false, new Set());
  static readonly everybody = new Selection(true, new Set());

  has(id: string): boolean {
    return this.all || this.ids.has(id);
  }

  /** Somebody more, or less. Of everybody, none can be left out by name: choosing begins again. */
  toggle(id: string): Selection {
    if (this.all) return new Selection(false, new Set([id]));
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    return new Selection(false, ids);
  }

  /** From one row to another, as with Shift. */
  add(ids: readonly string[]): Selection {
    return new Selection(false, new Set([...this.ids, ...ids]));
  }

  size(total: number): number {
    return this.all ? total : this.ids.size;
  }
}
