// What one hears while it rings: drawn by the browser, nothing is fetched.

/** Two notes for whoever is called, a longer one for whoever calls; silence between. Hertz, seconds. */
const SOUNDS = {
  incoming: { notes: [659.25, 783.99], each: 0.22, pause: 2.2, loud: 0.18 },
  outgoing: { notes: [440], each: 1, pause: 3, loud: 0.05 },
} as const;

export type Sound = keyof typeof SOUNDS;

/** Rings until it is told to stop. Before the first click on a page a browser may keep it silent: that is no error. */
export function ring(sound: Sound): () => void {
  const { notes, each, pause, loud } = SOUNDS[sound];
  const context = new AudioContext();
  const once = () => {
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
  };
  void context.resume().catch(() => {});
  once();
  const again = setInterval(once, (notes.length * each + pause) * 1_000);
  return () => {
    clearInterval(again);
    void context.close().catch(() => {});
  };
}
