import type { FlatPoint } from '../field/projection.ts';
import type { FlatBone, LimbFilm } from './limb.ts';

const p = (x: number, y: number, r: number): FlatPoint => ({ x, y, r });
const long = (chains: FlatPoint[][], shellMm: number, depth = 1): FlatBone => ({ chains, shellMm, depth });
const small = (...points: FlatPoint[]): FlatBone => ({
  chains: [points.length === 1 ? [points[0]!, { ...points[0]!, x: points[0]!.x + 0.1 }] : points],
  shellMm: 0.8,
  depth: 0.85,
});

type Film = Pick<LimbFilm, 'skin' | 'bones'>;

/** Where the distal radius is broken, in the PA view: 24 mm above the joint, running obliquely. */
const RADIUS_FRACTURE_Y = 24;
const fracture = (x: number, y: number): number => y - RADIUS_FRACTURE_Y - 0.28 * (x + 12);

/** Right wrist, palm down: thumb on the left of the picture as hung; fingers up. */
export const WRIST_PA: Film = {
  skin: [
    [p(-1, 130, 30), p(-1, 70, 30), p(0, 25, 32), p(0, -20, 34), p(2, -90, 44), p(4, -130, 46)],
    [p(-24, -18, 14), p(-52, -62, 13), p(-60, -110, 12)],
  ],
  bones: [
    {
      ...long(
        [
          [p(-13, 135, 7), p(-12, 80, 6.8), p(-13, 48, 8), p(-13, 22, 12.5), p(-13, 6, 12.5)],
          [p(-22, 8, 6), p(-24, -1, 4)],
          [p(-6, 10, 6), p(-2, 6, 4)],
        ],
        2,
      ),
      fracture,
    },
    long(
      [
        [p(17, 135, 5.6), p(16, 70, 5), p(15, 30, 5.4), p(15, 8, 7.2)],
        [p(20, 6, 2.6), p(22, -2, 1.8)],
      ],
      1.7,
    ),
    small(p(-19, -12, 6), p(-24, -22, 6)),
    small(p(-6, -9, 7.6), p(-5, -12, 7.2)),
    small(p(9, -13, 6.6), p(12, -15, 5.4)),
    small(p(13, -12, 4.6)),
    small(p(-27, -31, 5.6), p(-26, -35, 5.4)),
    small(p(-17, -31, 4.8), p(-16, -35, 4.6)),
    small(p(-4, -21, 6.4), p(-4, -36, 6.2)),
    small(p(11, -27, 6.2), p(11, -36, 6.4)),
    small(p(9, -32, 2.6), p(12, -29, 2.6)),
    long([[p(-32, -44, 6.4), p(-43, -66, 4.6), p(-50, -82, 6)]], 1.5),
    long([[p(-54, -93, 5.6), p(-58, -112, 4), p(-60, -128, 4.8)]], 1.3),
    long([[p(-18, -46, 6.6), p(-20, -72, 4.2), p(-23, -104, 6.4)]], 1.5),
    long([[p(-4, -48, 6.4), p(-4, -74, 4.2), p(-5, -108, 6.4)]], 1.5),
    long([[p(8, -47, 5.6), p(11, -72, 3.8), p(14, -102, 5.8)]], 1.4),
    long([[p(18, -45, 5.4), p(24, -68, 3.6), p(31, -94, 5.6)]], 1.4),
    long([[p(-24, -118, 6.2), p(-25, -140, 4.4)]], 1.2),
    long([[p(-5, -122, 6.2), p(-5, -140, 4.4)]], 1.2),
    long([[p(15, -116, 5.8), p(17, -140, 4)]], 1.2),
    long([[p(34, -107, 5.2), p(38, -140, 3.8)]], 1.2),
  ],
};

/** The distal fragment tips to the back of the hand. */
export const WRIST_LATERAL: Film = {
  skin: [[p(0, 130, 24), p(0, 40, 23), p(-2, 0, 22), p(-4, -40, 20), p(-2, -130, 20)]],
  bones: [
    long([[p(4, 135, 5.4), p(3, 60, 5), p(3, 20, 5.6), p(5, 8, 6.4)]], 1.6, 0.8),
    {
      ...long([[p(-2, 135, 6.6), p(-2, 60, 6.6), p(-1, 40, 7.6), p(3, 20, 10.5), p(6, 6, 9.8)]], 2, 0.9),
      fracture: (x, y) => y - RADIUS_FRACTURE_Y + 0.35 * x,
    },
    small(p(2, -8, 7.6), p(0, -14, 6.6)),
    small(p(-8, -14, 5), p(-10, -24, 5)),
    small(p(-2, -22, 7), p(-3, -36, 7)),
    small(p(6, -12, 4.6), p(7, -16, 4.4)),
    small(p(-11, -36, 5), p(-10, -42, 5)),
    long([[p(-3, -46, 6.4), p(-4, -74, 4.4), p(-4, -106, 6.4)]], 1.5, 0.9),
    long([[p(0, -46, 6), p(0, -72, 4.2), p(1, -100, 6)]], 1.4, 0.6),
    long([[p(-14, -44, 5.4), p(-22, -66, 4.2), p(-26, -84, 5.6)]], 1.4, 0.7),
    long([[p(-4, -118, 6), p(-3, -140, 4.2)]], 1.2, 0.8),
  ],
};

/** Left knee from the front: fibula towards the patient's left, right in the picture. */
export const KNEE_AP: Film = {
  skin: [[p(0, -150, 62), p(0, -60, 60), p(0, 0, 57), p(0, 60, 55), p(0, 150, 50)]],
  bones: [
    long(
      [
        [p(3, -160, 14.5), p(1, -80, 15), p(0, -44, 22)],
        [p(-18, -20, 19), p(-22, -10, 17)],
        [p(20, -20, 18), p(22, -12, 16)],
        [p(-16, -34, 18), p(18, -34, 17)],
      ],
      3.2,
      1.6,
    ),
    long(
      [
        [p(-22, 14, 13), p(22, 14, 13)],
        [p(0, 22, 20), p(-2, 50, 17), p(-2, 90, 13.5), p(-2, 160, 13)],
        [p(-3, 4, 3), p(-4, 1, 1.6)],
        [p(4, 5, 3), p(5, 2, 1.6)],
      ],
      3,
      1.5,
    ),
    long([[p(37, 26, 8), p(36, 40, 6.4), p(32, 90, 5.4), p(31, 160, 5.6)]], 1.8, 0.9),
    { chains: [[p(0, -32, 19), p(1, -24, 17)]], shellMm: 1.2, depth: 0.55 },
  ],
};

/** Lateral: the patella in front of the joint with a fluid-filled pouch above it. */
export const KNEE_LATERAL: Film = {
  skin: [
    [p(6, -150, 62), p(4, -60, 62), p(0, 0, 58), p(6, 60, 54), p(10, 150, 50)],
    [p(-36, -40, 22), p(-40, -16, 18)],
  ],
  bones: [
    long(
      [
        [p(0, -160, 14.5), p(1, -80, 15), p(3, -46, 19)],
        [p(2, -26, 22), p(14, -20, 20)],
        [p(-6, -24, 19), p(6, -18, 19)],
      ],
      3.2,
      1.6,
    ),
    long(
      [
        [p(-10, 16, 12), p(22, 16, 12)],
        [p(6, 24, 19), p(4, 60, 16), p(4, 160, 13.5)],
        [p(-14, 30, 6), p(-8, 44, 8)],
      ],
      3,
      1.5,
    ),
    long([[p(30, 30, 7.6), p(26, 60, 5.6), p(24, 160, 5.6)]], 1.8, 0.8),
    { chains: [[p(-36, -34, 9), p(-38, -14, 9)]], shellMm: 1.4, depth: 1 },
    { chains: [[p(-27, -92, 5), p(-30, -70, 9), p(-29, -52, 8)]], shellMm: 6, depth: 0.12 },
  ],
};
