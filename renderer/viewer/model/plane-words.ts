import type { SlicePlane } from '#shared/domain/hanging-protocol.ts';
import type { ImageFacts, Vector3 } from './image-facts.ts';
import { directionLetters } from './orientation.ts';
import { line, tidy, windowWords, type Corners } from './overlay-lines.ts';
import { isStraight, type Plane } from './plane.ts';
import type { PlanesState } from './planes-state.ts';
import { cross, dot } from './read-image-facts.ts';
import type { SlabKind } from './reslice.ts';
import { reversed } from './vector.ts';

export const PLANE_NAMES: Readonly<Record<SlicePlane, string>> = {
  axial: 'Axial',
  coronal: 'Coronal',
  sagittal: 'Sagittal',
};
export const SLAB_NAMES: Readonly<Record<SlabKind, string>> = { mip: 'MIP', minip: 'MinIP', average: 'Average' };

/** Between the letters of the patient: `H 12.5 mm` lies towards the head of the origin of its frame of reference. */
function positionWords({ right, down }: Plane, at: Vector3): string {
  const depth = cross(right, down);
  const away = dot(depth, at);
  return `${directionLetters(away < 0 ? reversed(depth) : depth)} ${tidy(Math.abs(away))} mm`;
}

/** What stands in the lower corners of a plane; the upper ones name the patient as on every image. */
export function planeCorners(
  state: PlanesState,
  name: SlicePlane,
  facts: ImageFacts,
  mmPerPixel: number,
): Pick<Corners, 'bottomLeft' | 'bottomRight'> {
  const { box, planes, at, slab, loaded, binning, scale, isInverted } = state;
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
      ...line('Reformatted', 'useful'),
      ...line(
        `Zoom ${Math.round((facts.spacing.rowMm / mmPerPixel) * 100)} %${isInverted ? '  inverted' : ''}`,
        'useful',
      ),
      ...line(windowWords(scale, facts.unit), 'essential'),
    ],
  };
}
