import type { ImageFacts, VoiWindow } from './image-facts.ts';
import { SUV_UNIT } from './suv.ts';

export interface WindowPreset extends VoiWindow {
  readonly name: string;
  /** The number key. */
  readonly key: string;
}
type Named = Omit<WindowPreset, 'key'>;

export const CT_WINDOWS: readonly Named[] = [
  { name: 'Brain', center: 40, width: 80 },
  { name: 'Subdural', center: 75, width: 200 },
  { name: 'Stroke', center: 35, width: 35 },
  { name: 'Bone', center: 480, width: 2500 },
  { name: 'Lung', center: -600, width: 1500 },
  { name: 'Abdomen', center: 50, width: 400 },
  { name: 'Mediastinum', center: 40, width: 350 },
  { name: 'Vessels', center: 300, width: 800 },
];

/** From no uptake to so much. */
const UPTAKE: readonly Named[] = [5, 7, 10, 15, 20].map((most) => ({
  name: `SUV 0 to ${most}`,
  center: most / 2,
  width: most,
}));

const MOST_FROM_FILE = 4;

/** Where values have no unit of their own only the file's window can be a measure: harder, softer, lighter, darker. */
function aroundFile([first]: readonly VoiWindow[]): Named[] {
  if (!first) return [];
  const { center, width } = first;
  return [
    { name: 'Harder', center, width: width * 0.6 },
    { name: 'Softer', center, width: width * 1.6 },
    { name: 'Lighter', center: center - width * 0.2, width },
    { name: 'Darker', center: center + width * 0.2, width },
  ];
}

/** Key 1 is always the file's own window; after it those usual for the modality and its unit. */
export function presetsFor({
  modality,
  unit,
  voiWindows,
}: Pick<ImageFacts, 'modality' | 'unit' | 'voiWindows'>): WindowPreset[] {
  const fromFile = voiWindows
    .slice(1, 1 + MOST_FROM_FILE)
    .map((window, index) => ({ ...window, name: window.explanation ?? `File ${index + 2}` }));
  const offered =
    modality === 'CT' ? CT_WINDOWS : unit === SUV_UNIT ? UPTAKE : [...fromFile, ...aroundFile(voiWindows)];
  return offered.slice(0, 8).map((preset, index) => ({ ...preset, key: String(index + 2) }));
}
