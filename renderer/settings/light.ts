import { create } from 'zustand';

export const LIGHTS = ['dark', 'dim', 'light'] as const;
type Light = (typeof LIGHTS)[number];
export const TEXT_SIZES = [100, 115, 130] as const;
type TextSize = (typeof TEXT_SIZES)[number];

export interface LightState {
  readonly light: Light;
  /** Percent of the standard size. */
  readonly textSize: TextSize;
}

const KEY = 'overread.light';

/** The light of the room and the reader's eyes: belongs to this window, holds nothing of a patient. */
export const useLight = create<LightState>()(() => readLight(globalThis.localStorage?.getItem(KEY) ?? null));

function readLight(stored: string | null): LightState {
  const [light, size] = (stored ?? '').split(' ');
  return {
    light: LIGHTS.find((known) => known === light) ?? 'dark',
    textSize: TEXT_SIZES.find((known) => String(known) === size) ?? 100,
  };
}

export function setLight(change: Partial<LightState>): void {
  useLight.setState(change);
  const { light, textSize } = useLight.getState();
  localStorage.setItem(KEY, `${light} ${textSize}`);
  applyLight();
}

export function applyLight(): void {
  const { light, textSize } = useLight.getState();
  document.documentElement.dataset['light'] = light;
  document.documentElement.style.fontSize = `${(16 * textSize) / 100}px`;
}
