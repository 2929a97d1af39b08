// Cameras and microphones: opening them, and what to say when that can't be.

/** Why there is no sound or no picture from here: a key of a sentence that says what to do. */
export type Trouble = "denied" | "none" | "busy" | "insecure" | "failed";

export interface Wish {
  /** Which one; true: any. */
  microphone: string | boolean;
  camera: string | boolean;
}

export interface Opened {
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
  trouble: { microphone?: Trouble; camera?: Trouble };
}

/** Opens what is wished; what can't be opened is missing, and said why. One question to the person where one will do. */
export async function open(wish: Wish): Promise<Opened> {
  if (!navigator.mediaDevices)
    return {
      microphone: null,
      camera: null,
      trouble: { microphone: "insecure", camera: "insecure" },
    };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints(wish));
    return {
      microphone: stream.getAudioTracks()[0] ?? null,
      camera: stream.getVideoTracks()[0] ?? null,
      trouble: {},
    };
  } catch (error) {
    const why = troubleOf(error);
    if (!(wish.microphone && wish.camera))
      return {
        microphone: null,
        camera: null,
        trouble: wish.camera ? { camera: why } : { microphone: why },
      };
    const sound = await open({ ...wish, camera: false });
    const picture = await open({ ...wish, microphone: false });
    return {
      microphone: sound.microphone,
      camera: picture.camera,
      trouble: { ...sound.trouble, ...picture.trouble },
    };
  }
}

/** The screen, a window or a tab; null: one thought better of it. */
export async function openScreen(): Promise<MediaStreamTrack | null> {
  const stream = await navigator.mediaDevices
    .getDisplayMedia({ video: { frameRate: 15 } })
    .catch(() => null);
  return stream?.getVideoTracks()[0] ?? null;
}

/** What one may choose from. Names are known once something was allowed. */
export async function devices(): Promise<MediaDeviceInfo[]> {
  const all = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
  return (all ?? []).filter(({ kind, deviceId }) => deviceId && kind !== "audiooutput");
}

function constraints({ microphone, camera }: Wish): MediaStreamConstraints {
  const exact = (one: string | boolean) =>
    typeof one === "string" ? { deviceId: { exact: one } } : {};
  return {
    audio: microphone !== false && {
      echoCancellation: true,
      noiseSuppression: true,
      ...exact(microphone),
    },
    video: camera !== false && { width: { ideal: 1280 }, height: { ideal: 720 }, ...exact(camera) },
  };
}

export function troubleOf(error: unknown): Trouble {
  switch ((error as DOMException | null)?.name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "failed";
  }
}
