import { err, ok, type Result } from '#shared/kernel/result.ts';

import { MODEL_RATE } from './engine/index.ts';

export type MicrophoneRefusal =
  /** The reader, the system or the browser said no. */
  | 'refused'
  | 'missing'
  /** Another program holds it, or the system could not open it. */
  | 'busy'
  | 'failed';

export interface Microphone {
  readonly label: string;
  readonly sampleRate: number;
  stop(): void;
}

const REFUSALS: Readonly<Record<string, MicrophoneRefusal>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};
const refusalOf = (failure: unknown): MicrophoneRefusal =>
  (failure instanceof Error ? REFUSALS[failure.name] : undefined) ?? 'failed';

/** As the microphone hears: what a telephone call would filter out is what the recogniser's own front end looks at. */
const AS_HEARD = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };

/** A device that is gone is no reason not to listen: the system's own choice takes its place. */
async function openStream(deviceId: string | undefined): Promise<MediaStream> {
  const { mediaDevices } = navigator;
  if (deviceId === undefined) return mediaDevices.getUserMedia({ audio: AS_HEARD });
  try {
    return await mediaDevices.getUserMedia({ audio: { ...AS_HEARD, deviceId: { exact: deviceId } } });
  } catch (failure) {
    if (refusalOf(failure) !== 'missing') throw failure;
    return mediaDevices.getUserMedia({ audio: AS_HEARD });
  }
}

/** The browser brings the sound to the model's rate where it can; else the worker does. */
function openContext(): AudioContext {
  try {
    return new AudioContext({ sampleRate: MODEL_RATE });
  } catch {
    return new AudioContext();
  }
}

/** Opens a microphone; its sound goes by `port` from the sound thread to the recogniser, past the page. */
export async function openMicrophone(
  deviceId: string | undefined,
  port: MessagePort,
  onLost: () => void,
): Promise<Result<Microphone, MicrophoneRefusal>> {
  // Absent where the page is not trusted; the types do not say so.
  if ((navigator.mediaDevices as MediaDevices | undefined) === undefined) return err('missing');
  let stream: MediaStream | undefined;
  let context: AudioContext | undefined;
  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    void context?.close();
    stream = undefined;
    context = undefined;
  };
  try {
    stream = await openStream(deviceId);
    context = openContext();
    const { default: captureWorklet } = await import('./capture-worklet.ts?worker&url');
    await context.audioWorklet.addModule(captureWorklet);
    const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0, channelCount: 1 });
    node.port.postMessage(port, [port]);
    context.createMediaStreamSource(stream).connect(node);
    await context.resume();
    const track = stream.getAudioTracks()[0];
    track?.addEventListener('ended', () => {
      stop();
      onLost();
    });
    return ok({ label: track?.label ?? '', sampleRate: context.sampleRate, stop });
  } catch (failure) {
    stop();
    return err(refusalOf(failure));
  }
}

export interface MicrophoneChoice {
  readonly id: string;
  readonly label: string;
}

export async function listMicrophones(): Promise<readonly MicrophoneChoice[]> {
  const devices = (await (navigator.mediaDevices as MediaDevices | undefined)?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
    .map(({ deviceId, label }, index) => ({ id: deviceId, label: label === '' ? `Microphone ${index + 1}` : label }));
}

const KEY = 'overread.microphone';
export const rememberedMicrophone = (): string | undefined => localStorage.getItem(KEY) ?? undefined;
export function rememberMicrophone(id: string | undefined): void {
  if (id === undefined) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, id);
}
