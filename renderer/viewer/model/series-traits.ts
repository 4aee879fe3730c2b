import type { SlicePlane } from '#shared/domain/hanging-protocol.ts';
import { answersPattern, firstAnswered, foldWords } from './header-words.ts';
import type { ImageFacts } from './image-facts.ts';
import { cross } from './read-image-facts.ts';
import type { ImageSeries } from './series.ts';

/** Asked again by every wish of every hanging, worked out once a series. */
function once<Value>(of: (series: ImageSeries) => Value): (series: ImageSeries) => Value {
  const known = new WeakMap<ImageSeries, { readonly value: Value }>();
  return (series) => {
    const found = known.get(series) ?? { value: of(series) };
    known.set(series, found);
    return found.value;
  };
}

/** Modalities of which each image is a picture of its own. */
const PROJECTIONS = new Set(['CR', 'DX', 'RG', 'MG', 'PX', 'IO']);
export const isProjection = ({ modality }: Pick<ImageSeries, 'modality'>): boolean => PROJECTIONS.has(modality);

const LEAST_STACK = 4;
const STACKS = new Set(['CT', 'MR', 'PT']);
const ASIDE = [
  'scout*',
  'topogram*',
  'tomogramm ubersicht',
  'localiz*',
  'localis*',
  'locator',
  'loc',
  'survey*',
  'surview*',
  'scano*',
  'ubersicht*',
  'reperage*',
  'localizador*',
  'posizion*',
  'plan scan',
  '3 plane*',
  '3plane*',
  'three plane*',
  'dose*',
  'dosis*',
  'patient protocol',
  'screen sav*',
  'screensav*',
  'smart prep',
  'smartprep*',
  'bolus*',
  'premonitor*',
  'monitoring*',
  'test bolus',
  'phoenix*',
  'stand by',
  'summary*',
  'snapshot*',
  'capture*',
  'cal head*',
  'asset cal*',
  'calibration*',
  'ref scan',
  'shim*',
  '位置決め',
  'スカウト',
  '定位像',
];
/** Secondary Capture and its multi-frame kinds (PS3.4 B.5). */
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

/** Localizers, dose pages, screen shots: never hung while there is anything else. */
export const isAside = once((series: ImageSeries): boolean => {
  const { header, modality, images } = series;
  if (firstAnswered(foldWords(series.description), ASIDE) !== undefined) return true;
  if (!STACKS.has(modality)) return false;
  return (
    header.imageType.some((value) => value === 'LOCALIZER' || value === 'SCREEN SAVE') ||
    header.sopClassUid === SECONDARY_CAPTURE ||
    header.sopClassUid.startsWith(`${SECONDARY_CAPTURE}.`) ||
    images.length < LEAST_STACK
  );
});

/** What patterns are held against: the description, else the protocol's name; then kernel and sequence. */
export const seriesWords = once(({ description, header }) =>
  foldWords(`${description === '' ? header.protocolName : description} ${header.makerWords}`),
);

const PLANES: readonly (readonly [SlicePlane, readonly string[]])[] = [
  ['axial', ['ax', 'axial*', 'axi', 'axiaux', 'tra', 'trans', 'transv*', 'assial*', 'tr', '軸位', '横断']],
  ['coronal', ['cor', 'coron*', 'koron*', 'kor', 'frontal*', '冠状']],
  ['sagittal', ['sag', 'sagit*', 'sagg*', '矢状']],
];

/** By geometry; by words where the file has none. Oblique slices have the plane they are nearest to. */
export const planeOf = once((series: ImageSeries): SlicePlane | undefined => {
  const middle = series.images[Math.floor(series.images.length / 2)];
  if (middle?.orientation) {
    const [x, y, z] = cross(middle.orientation.row, middle.orientation.column).map(Math.abs) as [
      number,
      number,
      number,
    ];
    return z >= x && z >= y ? 'axial' : y >= x ? 'coronal' : 'sagittal';
  }
  const words = seriesWords(series);
  return PLANES.find(([, patterns]) => firstAnswered(words, patterns) !== undefined)?.[0];
});

const WITHOUT = [
  'without',
  'w o',
  'wo',
  'non con*',
  'noncon*',
  'nativ*',
  'plain',
  'pre',
  'precontrast',
  'sans',
  'sin',
  'senza',
  'ohne',
  'unenhanced',
  'non enhanced',
  'nc',
  'ncct',
  'basale',
  'zonder',
  'blanco',
  '単純',
  '平扫',
];
const WITH = [
  'c+',
  '+c',
  'ce',
  'contrast*',
  'kontrast*',
  'contraste',
  'post',
  'postcontrast',
  'gd*',
  'gad*',
  'km',
  'with',
  'iv',
  'injec*',
  'arter*',
  'ven',
  'venous',
  'venoso',
  'venos',
  'portal*',
  'porto*',
  'angio*',
  'cta',
  'delayed',
  'nephro*',
  'dyn*',
  '造影',
  '增强',
];

/** Undefined where the header leaves it open. */
export const contrastOf = once((series: ImageSeries): boolean | undefined => {
  const words = foldWords(series.description);
  if (firstAnswered(words, WITHOUT) !== undefined) return false;
  if (firstAnswered(words, WITH) !== undefined) return true;
  const agent = foldWords(series.header.contrastAgent);
  return agent === '' ? undefined : !['none', 'no', 'nil'].some((word) => answersPattern(agent, word));
});

/** The side a picture shows, `R` or `L`; by its words where the header has no code. */
export function sideOf(facts: ImageFacts, series: ImageSeries): string | undefined {
  if (facts.laterality !== undefined) return facts.laterality.toUpperCase();
  const words = foldWords(series.description);
  const isRight = firstAnswered(words, ['r', 'rt', 'right', 're', 'rechts', 'droit*', 'derech*', 'destr*']);
  const isLeft = firstAnswered(words, ['l', 'lt', 'left', 'li', 'links', 'gauche', 'izq*', 'sinistr*']);
  return isRight === undefined ? (isLeft === undefined ? undefined : 'L') : isLeft === undefined ? 'R' : undefined;
}
