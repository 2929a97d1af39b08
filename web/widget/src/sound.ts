// What one hears is drawn by the browser: nothing is fetched. Before the first click on a page a browser may keep it
// silent: that is no error.

export interface Sound {
  /** Hertz, one after the other. */
  notes: readonly number[];
  /** Seconds of each. */
  each: number;
  /** Of 1. */
  loud: number;
}

/** Plays it once, from now on. */
export function play(context: AudioContext, { notes, each, loud }: Sound): void {
  void context.resume().catch(() => {});
  notes.forEach((frequency, at) => {
    const from = context.currentTime + at * each;
    const note = new OscillatorNode(context, { frequency, type: "sine" });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(loud, from + 0.02);
    volume.gain.setValueAtTime(loud, from + each - 0.06);
    volume.gain.linearRampToValueAtTime(0, from + each);
    note.connect(volume).connect(context.destination);
    note.start(from);
    note.stop(from + each);
  });
}
