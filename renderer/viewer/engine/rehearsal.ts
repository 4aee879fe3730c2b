import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { defaultScale } from '../model/display.ts';
import { readImageFacts } from '../model/read-image-facts.ts';
import { buildImage } from './image.ts';
import { applyGreys, type StackView } from './view.ts';

const SIZE = 512;

/** A plain 16-bit slice like most that are read, of nobody. */
const DATA: DicomJson = {
  '00080060': { vr: 'CS', Value: ['CT'] },
  '00080018': { vr: 'UI', Value: ['0'] },
  '00280010': { vr: 'US', Value: [SIZE] },
  '00280011': { vr: 'US', Value: [SIZE] },
  '00280101': { vr: 'US', Value: [16] },
  '00281050': { vr: 'DS', Value: [0] },
  '00281051': { vr: 'DS', Value: [2] },
  '00281052': { vr: 'DS', Value: [0] },
  '00281053': { vr: 'DS', Value: [1] },
};

/**
 * A black image through the whole way of a real one: shaders are compiled and code is warm when the first case comes.
 * `onDone` is called when it is painted.
 */
export function createRehearsal(onDone: () => void) {
  const facts = readImageFacts(DATA, 1, 1, () => undefined);
  const samples = new Uint16Array(SIZE * SIZE);
  const image = buildImage(facts, { rows: SIZE, columns: SIZE, components: 1, samples, min: 0, max: 0 });
  const nothing = () => undefined;
  return {
    imageId: facts.imageId,
    factsOf: (imageId: string) => (imageId === facts.imageId ? facts : undefined),
    load: async () => image,
    onNewImage: (_paneId: string, view: StackView) => applyGreys(view, defaultScale(facts, 0, 0), facts, false),
    onPainted: onDone,
    onAttached: nothing,
    onRebuilt: nothing,
    onWindowDrag: nothing,
    onScrollDrag: nothing,
  };
}
