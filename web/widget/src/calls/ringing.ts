import { play, type Sound } from "../sound.ts";

/** Two notes for whoever is called, a longer one for whoever calls; `pause`: seconds of silence between. */
const SOUNDS: Record<"incoming" | "outgoing", Sound & { pause: number }> = {
  incoming: { notes: [659.25, 783.99], each: 0.22, pause: 2.2, loud: 0.18 },
  outgoing: { notes: [440], each: 1, pause: 3, loud: 0.05 },
};

/** Rings until it is told to stop. */
export function ring(name: keyof typeof SOUNDS): () => void {
  const sound = SOUNDS[name];
  const context = new AudioContext();
  play(context, sound);
  const every = (sound.notes.length * sound.each + sound.pause) * 1_000;
  const again = setInterval(() => play(context, sound), every);
  return () => {
    clearInterval(again);
    void context.close().catch(() => {});
  };
}
