import type { SlabKind, SlicePlane } from '#shared/domain/hanging-protocol.ts';
import type { Fusion } from './fusion.ts';
import type { ImageFacts, Vector3 } from './image-facts.ts';
import { directionLetters } from './orientation.ts';
import { line, tidy, windowWords, type Corners } from './overlay-lines.ts';
import { isStraight, type Plane } from './plane.ts';
import type { PlanesState } from './planes-state.ts';
import { cross, dot } from './read-image-facts.ts';
import { reversed } from './vector.ts';

export const PLANE_NAMES: Readonly<Record<SlicePlane, string>> = {
  axial: 'Axial',
  coronal: 'Coronal',
  sagittal: 'Sagittal',
};
const SLAB_NAMES: Readonly<Record<SlabKind, string>> = { mip: 'MIP', minip: 'MinIP', average: 'Average' };

/** Between the letters of the patient: `H 12.5 mm` lies towards the head of the origin of its frame of reference. */
function positionWords({ right, down }: Plane, at: Vector3): string {
  const depth = cross(right, down);
  const away = dot(depth, at);
  return `${directionLetters(away < 0 ? reversed(depth) : depth)} ${tidy(Math.abs(away))} mm`;
}

export interface CrossValues {
  /** In modality units; undefined outside and before the images are here. */
  readonly base: number | undefined;
  readonly fused: number | undefined;
}

const numberWords = (value: number): string => tidy(value, Math.abs(value) < 10 ? 2 : 0);

function crossWords({ base, fused }: CrossValues, unit: string | undefined, fusion: Fusion | undefined) {
  if (base === undefined) return undefined;
  const own = `${numberWords(base)}${unit === undefined ? '' : ` ${unit}`}`;
  const laid = fused === undefined || !fusion ? '' : `, ${fusion.unit ?? fusion.modality} ${numberWords(fused)}`;
  return `At the cross ${own}${laid}`;
}

const fusionWords = ({ modality, unit, range, opacity, loaded, total }: Fusion): string =>
  loaded < total
    ? `${modality}: loading ${loaded}/${total}`
    : `${modality}: ${unit === undefined ? '' : `${unit} `}${tidy(range[0])} to ${tidy(range[1])}, ${Math.round(opacity * 100)} %`;

/** What stands in the lower corners of a plane; the upper ones name the patient as on every image. */
export function planeCorners(
  state: PlanesState,
  name: SlicePlane,
  facts: ImageFacts,
  mmPerPixel: number,
  values: CrossValues,
): Pick<Corners, 'bottomLeft' | 'bottomRight'> {
  const { box, planes, at, slab, loaded, binning, scale, isInverted, fusion } = state;
  const [columnMm, , sliceMm] = box.spacingMm;
  const total = box.size[2];
  const voxel = `Voxel ${tidy(columnMm, 2)} × ${tidy(box.spacingMm[1], 2)} × ${tidy(sliceMm, 2)} mm`;
  return {
    bottomLeft: [
      ...line(loaded < total ? `Loading ${loaded}/${total}` : undefined, 'essential'),
      ...line(binning > 1 ? `Coarser than the images: ${binning} × ${binning} pixels to one` : undefined, 'essential'),
      ...line(slab.thicknessMm > 0 ? `${SLAB_NAMES[slab.kind]} ${slab.thicknessMm} mm` : undefined, 'essential'),
      ...line(voxel, 'lesser'),
      ...line(`${PLANE_NAMES[name]}${isStraight(planes) ? '' : ', oblique'}`, 'essential'),
      ...line(positionWords(planes[name], at), 'essential'),
    ],
    bottomRight: [
      ...line(facts.lossy && 'Lossy', 'essential'),
      ...line(facts.suv?.kind === 'refused' ? `No SUV: ${facts.suv.reason}` : undefined, 'useful'),
      ...line(fusion?.suvRefusal === undefined ? undefined : `No SUV: ${fusion.suvRefusal}`, 'essential'),
      ...line('Reformatted', 'useful'),
      ...line(crossWords(values, facts.unit, fusion), 'useful'),
      ...line(fusion && fusionWords(fusion), 'essential'),
      ...line(
        `Zoom ${Math.round((facts.spacing.rowMm / mmPerPixel) * 100)} %${isInverted ? '  inverted' : ''}`,
        'useful',
      ),
      ...line(windowWords(scale, facts.unit), 'essential'),
    ],
  };
}
