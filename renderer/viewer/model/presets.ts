import type { VoiWindow } from './image-facts.ts';

export interface WindowPreset extends VoiWindow {
  readonly name: string;
  /** The number key. */
  readonly key: string;
}

export const CT_WINDOWS: readonly Omit<WindowPreset, 'key'>[] = [
  { name: 'Brain', center: 40, width: 80 },
  { name: 'Subdural', center: 75, width: 200 },
  { name: 'Stroke', center: 35, width: 35 },
  { name: 'Bone', center: 480, width: 2500 },
  { name: 'Lung', center: -600, width: 1500 },
  { name: 'Abdomen', center: 50, width: 400 },
  { name: 'Mediastinum', center: 40, width: 350 },
];

/** Key 1 is always the file's own window; CT has the usual ones after it, others what their file states. */
export function presetsFor(modality: string, stated: readonly VoiWindow[]): WindowPreset[] {
  const fromFile = stated
    .slice(1)
    .map((window, index) => ({ ...window, name: window.explanation ?? `File ${index + 2}` }));
  const offered = modality === 'CT' ? CT_WINDOWS : fromFile;
  return offered.slice(0, 8).map((preset, index) => ({ ...preset, key: String(index + 2) }));
}
