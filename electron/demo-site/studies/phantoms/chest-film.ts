import { createGrid, type Grid } from '../field/grid.ts';
import {
  addCoarse,
  addMarker,
  addTube,
  frontal,
  hollow,
  lateral,
  MU,
  solid,
  subtractTube,
} from '../field/projection.ts';
import { createRandom, seedFrom } from '../field/random.ts';
import { bump, clamp, mirrored, smoothStep, type TubePoint } from '../field/shapes.ts';
import { createValueNoise } from '../field/value-noise.ts';
import { aboveDiaphragm, bodyAt, cageAt, lungDistance } from './chest-shape.ts';
import { ribPoints } from './chest-wall.ts';
import { growTree, lungRoots } from './vessel-tree.ts';

export interface ChestFilmOptions {
  readonly seed: number;
  readonly view: 'PA' | 'LL' | 'AP';
  readonly female: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly spacingMm: number;
  /** A collapsed right lung. */
  readonly hasPneumothorax: boolean;
  /** Tube, line, electrodes and hazy bases of a bed-side film. */
  readonly isIntensiveCare: boolean;
}

const STEP_MM = 1.25;
const SAMPLES = 20;

/** Attenuation along the rays of a chest film: the same body the CT shows, seen through. */
export function paintChestFilm(options: ChestFilmOptions): Grid {
  const { view, columns, rows, spacingMm } = options;
  const grid = createGrid({ columns, rows, spacingMm, centerYMm: 20 });
  addSoftTissue(grid, options);
  addSkeleton(grid, options);
  addLungVessels(grid, options);
  addAirways(grid, view);
  if (options.isIntensiveCare) addDevices(grid);
  if (view === 'LL') addMarker(grid, 'L', grid.leftMm + 22, grid.topMm + 20, 14);
  else addMarker(grid, 'L', -grid.leftMm - 40, grid.topMm + 24, 14);
  return grid;
}

/** How far the pleura of a collapsed right lung has come off the wall. */
const collapseMm = (x: number, z: number): number => (x < 0 ? 12 + 30 * smoothStep(10, 105, z) : 0);

/** Rays through body and lungs on a coarse raster; edges of lungs are never sharper than breathing leaves them. */
function addSoftTissue(grid: Grid, options: ChestFilmOptions): void {
  const noise = createValueNoise(seedFrom(options.seed, 'film'));
  const width = Math.ceil((grid.columns * grid.spacingMm) / STEP_MM) + 2;
  const height = Math.ceil((grid.rows * grid.spacingMm) / STEP_MM) + 2;
  const map = new Float32Array(width * height);
  const isLateral = options.view === 'LL';
  const haze = options.isIntensiveCare ? 1 : 0;
  const squeeze = options.view === 'AP' ? 0.93 : 1;
  for (let row = 0; row < height; row += 1) {
    const z = -(grid.topMm + row * STEP_MM) / (options.view === 'AP' ? 0.94 : 1);
    const body = bodyAt(z);
    const cage = cageAt(Math.min(z, 114));
    for (let column = 0; column < width; column += 1) {
      const u = (grid.leftMm + column * STEP_MM) * squeeze;
      const across = isLateral ? u - body.y : u;
      const half = isLateral
        ? body.halfDepth
        : body.halfWidth * (1 + 0.3 * smoothStep(112, 150, z)) * (1 - 0.68 * smoothStep(118, 158, z));
      const deep = isLateral ? body.halfWidth : body.halfDepth * (1 - 0.25 * smoothStep(110, 160, z));
      const edge = Math.abs(across) / half;
      if (edge >= 1) continue;
      const through = 2 * deep * Math.sqrt(1 - edge * edge);
      let lung = 0;
      let nearest = 99;
      const reach = isLateral ? cage.halfWidth : cage.halfDepth;
      const step = (2 * reach) / SAMPLES;
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        const along = -reach + (sample + 0.5) * step;
        const x = isLateral ? along : u;
        const y = isLateral ? u : cage.y + along;
        let d = lungDistance(x, y, z);
        if (d > 6) continue;
        const inside = clamp(0.5 - d / 4, 0, 1) * step;
        if (options.hasPneumothorax && x < 0) {
          d += collapseMm(x, z);
          nearest = Math.min(nearest, d);
          const expanded = clamp(0.5 - d / 2, 0, 1);
          lung += inside * (expanded * 0.94 + (1 - expanded) * 1.3);
        } else {
          const patch = haze * (0.35 * smoothStep(-20, -80, z) + 0.12) * (0.8 + 0.5 * noise.at(x / 24, y / 24, z / 24));
          lung += inside * (1 - patch);
        }
      }
      const fat = 0.12 + 0.1 * smoothStep(0.6, 1, edge);
      let attenuation = through * (MU.water * (1 - fat) + MU.fat * fat) - lung * (MU.water - MU.lung);
      if (options.hasPneumothorax && nearest < 90) attenuation += 0.075 * bump(nearest, 0, 0.95);
      if (options.female && !isLateral) attenuation += breastShadow(u, z);
      attenuation += 0.012 * noise.fractal(u / 16, z / 16, isLateral ? 3 : 7, 3);
      // Gas under the left dome.
      if (aboveDiaphragm(58, -30, z) < -9) attenuation -= 0.5 * gastricBubble(isLateral ? u + 26 : u - 58, z + 136);
      map[row * width + column] = attenuation;
    }
  }
  addCoarse(grid, map, width, STEP_MM, grid.leftMm, grid.topMm);
}

const breastShadow = (x: number, z: number): number => {
  const side = Math.abs(x) - 84;
  const low = (z + 62) / 58;
  const q = (side / 62) ** 2 + low * low;
  return q >= 1 ? 0 : 0.42 * Math.sqrt(1 - q) * smoothStep(-1.02, -0.4, low);
};

const gastricBubble = (x: number, z: number): number => {
  const q = (x / 30) ** 2 + (z / 17) ** 2;
  return q >= 1 ? 0 : Math.sqrt(1 - q) * (z > -8 ? 1 : 0.75);
};

function addSkeleton(grid: Grid, { view, seed }: ChestFilmOptions): void {
  const isLateral = view === 'LL';
  const project = isLateral ? lateral : frontal;
  const random = createRandom(seedFrom(seed, 'ribs'));
  for (let rib = 0; rib < 12; rib += 1) {
    const points = ribPoints(rib, 118 - rib * 24.5);
    for (const side of [points, mirrored(points)]) {
      const drift = (random() - 0.5) * 2;
      addTube(
        grid,
        side.map((p) => ({ ...project(p), y: -p.z + drift, r: p.r * 1.25 })),
        hollow(1, 0.036, 0.0222),
      );
    }
  }
  const clavicle: TubePoint[] = [
    { x: 16, y: -70, z: 84, r: 8 },
    { x: 48, y: -66, z: 95, r: 5.4 },
    { x: 90, y: -40, z: 103, r: 5.2 },
    { x: 142, y: -10, z: 120, r: 7 },
  ];
  for (const side of [clavicle, mirrored(clavicle)]) addTube(grid, side.map(project), hollow(1.5, 0.042, 0.024));
  addSpine(grid, isLateral);
  if (isLateral) {
    const front = Array.from({ length: 14 }, (_, index) => {
      const z = 62 - index * 10;
      const cage = cageAt(z);
      return { x: cage.y - cage.halfDepth - 6, y: -z, r: 6 };
    });
    addTube(grid, front, hollow(1.2, 0.05, 0.026));
    return;
  }
  const inward = view === 'AP' ? 22 : 0;
  for (const side of [-1, 1]) {
    const blade = [
      { x: side * (150 - inward), y: -100, r: 11 },
      { x: side * (138 - inward), y: -60, r: 17 },
      { x: side * (134 - inward), y: -20, r: 13 },
      { x: side * (132 - inward), y: 14, r: 7 },
    ];
    addTube(grid, blade, (d, r) => 0.05 * smoothStep(0, 2, r - d) + 0.1 * bump(r - d, 2, 2));
    const humerus = [
      { x: side * 172, y: -104, r: 22 },
      { x: side * 188, y: -82, r: 14 },
      { x: side * 196, y: -10, r: 11 },
    ];
    addTube(grid, humerus, hollow(2.6));
  }
}

function addSpine(grid: Grid, isLateral: boolean): void {
  for (let level = -7; level < 8; level += 1) {
    const z = level * 24.5 - 3;
    const cage = cageAt(Math.min(z, 60));
    const w = isLateral ? 14.5 - z * 0.014 : 17 - z * 0.02;
    const x = isLateral ? cage.y + cage.halfDepth - 28 : 0;
    const body = { x0: x - w, x1: x + w, y0: -z - 10, y1: -z + 9.5 };
    addBox(grid, body, (edge) => 0.16 * smoothStep(0, 2.5, edge) + 0.12 * bump(edge, 1, 1.2));
    if (isLateral) {
      addTube(
        grid,
        [
          { x: x + 24, y: -z, r: 5 },
          { x: x + 46, y: -z + 16, r: 5 },
        ],
        hollow(1.2, 0.04, 0.024),
      );
      continue;
    }
    for (const side of [-1, 1]) {
      addTube(
        grid,
        [
          { x: side * 12, y: -z - 4, r: 4.4 },
          { x: side * 12, y: -z - 2, r: 4.4 },
        ],
        (d, r) => 0.1 * bump(r - d, 0.8, 0.9),
      );
      addTube(
        grid,
        [
          { x: side * 14, y: -z, r: 4.5 },
          { x: side * 33, y: -z - 3, r: 3.6 },
        ],
        hollow(1, 0.04, 0.024),
      );
    }
    addTube(
      grid,
      [
        { x: 0, y: -z + 2, r: 4 },
        { x: 0, y: -z + 15, r: 3.4 },
      ],
      hollow(1, 0.045, 0.025),
    );
  }
}

/** A rounded box; `shade` gets the distance to its nearest edge. */
function addBox(
  grid: Grid,
  box: { x0: number; x1: number; y0: number; y1: number },
  shade: (edge: number) => number,
): void {
  const middle = (box.y0 + box.y1) / 2;
  const half = (box.y1 - box.y0) / 2;
  const halfWidth = (box.x1 - box.x0) / 2;
  const center = (box.x0 + box.x1) / 2;
  const { columns, spacingMm, leftMm, topMm, values } = grid;
  for (let y = Math.ceil((box.y0 - topMm) / spacingMm); y <= (box.y1 - topMm) / spacingMm; y += 1) {
    if (y < 0 || y >= grid.rows) continue;
    for (let x = Math.ceil((box.x0 - leftMm) / spacingMm); x <= (box.x1 - leftMm) / spacingMm; x += 1) {
      if (x < 0 || x >= columns) continue;
      const dx = halfWidth - Math.abs(leftMm + x * spacingMm - center);
      const dy = half - Math.abs(topMm + y * spacingMm - middle);
      const waist = dx - 1.6 * (1 - (Math.abs(topMm + y * spacingMm - middle) / half) ** 2);
      const edge = Math.min(waist, dy);
      if (edge > 0) values[y * columns + x] = values[y * columns + x]! + shade(edge);
    }
  }
}

function addLungVessels(grid: Grid, options: ChestFilmOptions): void {
  const project = options.view === 'LL' ? lateral : frontal;
  const isInside = (x: number, y: number, z: number): boolean =>
    lungDistance(x, y, z) + (options.hasPneumothorax ? collapseMm(x, z) : 0) < -2;
  for (const [name, z, r] of [
    ['arteries', -14, 6.4],
    ['veins', -42, 5],
  ] as const) {
    for (const { from, to } of growTree(lungRoots(z, r), seedFrom(options.seed, name), isInside, 0.55)) {
      addTube(grid, [project(from), project(to)], solid((MU.water - MU.lung) * 0.95));
    }
  }
}

function addAirways(grid: Grid, view: ChestFilmOptions['view']): void {
  const project = view === 'LL' ? lateral : frontal;
  const column = [
    { x: 0, y: 0, z: 150, r: 8.8 },
    { x: 2, y: 2, z: 4, r: 8.8 },
  ];
  const branches = [
    [
      { x: 0, y: 3, z: 4, r: 7.4 },
      { x: -40, y: 8, z: -32, r: 5.6 },
    ],
    [
      { x: 4, y: 3, z: 4, r: 6.8 },
      { x: 42, y: 14, z: -28, r: 5 },
    ],
  ];
  for (const airway of view === 'LL' ? [column] : [column, ...branches])
    subtractTube(grid, airway.map(project), solid(MU.water * 0.9));
}

function addDevices(grid: Grid): void {
  const wall =
    (lineMm: number) =>
    (d: number, r: number): number =>
      0.07 * bump(r - d, 0.5, 0.6) + 0.35 * bump(d, 0, lineMm);
  // Endotracheal tube 42 mm above the carina, gastric tube, jugular catheter, electrodes.
  addTube(
    grid,
    [
      { x: -4, y: -190, r: 5 },
      { x: 1, y: -110, r: 5 },
      { x: 3, y: -42, r: 5 },
    ],
    wall(0.8),
  );
  addTube(
    grid,
    [
      { x: -9, y: -190, r: 2.6 },
      { x: 5, y: -80, r: 2.6 },
      { x: 10, y: 40, r: 2.6 },
      { x: 26, y: 110, r: 2.6 },
      { x: 60, y: 152, r: 2.6 },
    ],
    wall(0.6),
  );
  addTube(
    grid,
    [
      { x: -50, y: -180, r: 1.5 },
      { x: -36, y: -110, r: 1.5 },
      { x: -30, y: -60, r: 1.5 },
      { x: -27, y: 2, r: 1.5 },
    ],
    () => 0.28,
  );
  for (const [x, y] of [
    [-118, -84],
    [112, -78],
    [96, 92],
  ] as const) {
    addTube(
      grid,
      [
        { x, y, r: 5.5 },
        { x: x + 0.1, y, r: 5.5 },
      ],
      (d) => (d < 2.4 ? 1.5 : 0.45),
    );
    addTube(
      grid,
      [
        { x, y, r: 0.8 },
        { x: x * 1.2, y: y - 40, r: 0.8 },
        { x: x * 1.1, y: y - 110, r: 0.8 },
      ],
      () => 0.5,
    );
  }
}
