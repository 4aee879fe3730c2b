import { createGrid, paint, paintAll, type Grid } from '../field/grid.ts';
import { addMarker, addTube, chord, hollow, MU, subtractTube, type FlatPoint } from '../field/projection.ts';
import { between, createRandom, seedFrom } from '../field/random.ts';
import { bump, clamp, ellipseDistance, smoothStep } from '../field/shapes.ts';
import { createValueNoise } from '../field/value-noise.ts';

export interface AbdomenFilmOptions {
  readonly seed: number;
  readonly view: 'supine' | 'upright';
  readonly columns: number;
  readonly rows: number;
  readonly spacingMm: number;
}

/** Attenuation of an abdomen with dilated small bowel; upright the gas stands over fluid levels. */
export function paintAbdomenFilm(options: AbdomenFilmOptions): Grid {
  const grid = createGrid(options);
  const noise = createValueNoise(seedFrom(options.seed, 'abdomen film'));
  paintAll(grid, (x, y) => {
    const waist = 1 - 0.05 * bump(y, 10, 70);
    const edge = Math.abs(x) / (172 * waist);
    if (edge >= 1) return 0;
    const through = 230 * Math.sqrt(1 - edge * edge);
    let added = through * (MU.water - (MU.water - MU.fat) * (0.3 + 0.3 * smoothStep(0.7, 1, edge)));
    // Psoas edges, kidneys and the lower edge of the liver in their fat.
    for (const side of [-1, 1]) {
      const psoas = 22 + (y + 90) * 0.24;
      added += 0.1 * smoothStep(2.5, -2.5, Math.abs(x) - psoas) * smoothStep(-100, -70, y) * smoothStep(130, 80, y);
      added +=
        0.1 * smoothStep(2, -2, ellipseDistance((x - side * 62) * 0.96 + (y + 42) * 0.26 * side, y + 42, 27, 54));
    }
    added += 0.16 * smoothStep(3, -3, y + 50 + (x + 120) * 0.32) * smoothStep(60, 20, x);
    added += 0.02 * noise.fractal(x / 20, y / 20, 2, 3);
    return added;
  });
  addBones(grid);
  addGas(grid, options);
  addMetal(grid);
  addMarker(grid, 'L', -grid.leftMm - 42, grid.topMm + 22, 14);
  return grid;
}

function addBones(grid: Grid): void {
  for (let level = 0; level < 7; level += 1) {
    const y = -150 + level * 36;
    const w = 21 + level * 1.1;
    for (const edge of [-1, 1])
      addTube(
        grid,
        [
          { x: -w, y: y + edge * 13, r: 1.7 },
          { x: w, y: y + edge * 13, r: 1.7 },
        ],
        () => 0.16,
      );
    addTube(
      grid,
      [
        { x: -w + 12, y, r: 13 },
        { x: w - 12, y, r: 13 },
      ],
      (d, r) => 0.2 + 0.1 * bump(r - d, 1, 1.4),
    );
    for (const side of [-1, 1]) {
      addTube(
        grid,
        [
          { x: side * w * 0.7, y: y - 3, r: 6 },
          { x: side * w * 0.7, y: y + 2, r: 6 },
        ],
        (d, r) => 0.14 * bump(r - d, 1, 1),
      );
      addTube(
        grid,
        [
          { x: side * w, y, r: 4 },
          { x: side * (w + 24), y: y - 4, r: 3 },
        ],
        hollow(1, 0.045, 0.026),
      );
      if (level < 3) {
        const course = [0, 0.3, 0.6, 1].map((t): FlatPoint => ({
          x: side * (26 + 112 * t),
          y: y - 14 + 66 * t * t,
          r: 5,
        }));
        addTube(grid, course, hollow(1, 0.04, 0.024));
      }
    }
    addTube(
      grid,
      [
        { x: 0, y: y + 2, r: 5 },
        { x: 0, y: y + 16, r: 4 },
      ],
      hollow(1.2, 0.05, 0.028),
    );
  }
  addTube(
    grid,
    [
      { x: 0, y: 112, r: 40 },
      { x: 0, y: 150, r: 24 },
      { x: 0, y: 186, r: 9 },
    ],
    (d, r) => 0.24 * smoothStep(0, 3, r - d) + 0.12 * bump(r - d, 1.5, 1.5),
  );
  for (const side of [-1, 1]) {
    addTube(
      grid,
      [
        { x: side * 46, y: 108, r: 13 },
        { x: side * 98, y: 66, r: 26 },
        { x: side * 122, y: 104, r: 16 },
      ],
      (d, r) => 0.16 * smoothStep(0, 2, r - d) + 0.24 * bump(r - d, 1.8, 1.6),
    );
    addTube(
      grid,
      [
        { x: side * 52, y: 112, r: 11 },
        { x: side * 80, y: 150, r: 16 },
        { x: side * 94, y: 178, r: 24 },
      ],
      hollow(2.4, 0.045, 0.025),
    );
    addTube(
      grid,
      [
        { x: side * 76, y: 182, r: 8 },
        { x: side * 34, y: 196, r: 8 },
        { x: side * 8, y: 206, r: 10 },
      ],
      hollow(2, 0.045, 0.025),
    );
    if (side < 0) {
      addTube(
        grid,
        [
          { x: -96, y: 184, r: 23 },
          { x: -97, y: 186, r: 23 },
        ],
        hollow(2, 0.045, 0.026),
      );
      addTube(
        grid,
        [
          { x: -98, y: 188, r: 16 },
          { x: -134, y: 214, r: 17 },
          { x: -136, y: 260, r: 15 },
        ],
        hollow(3.4, 0.05, 0.024),
      );
    }
  }
}

/** Stacked loops of small bowel 35 to 42 mm wide with their folds right across; little gas in the colon. */
function addGas(grid: Grid, { seed, view }: AbdomenFilmOptions): void {
  const random = createRandom(seedFrom(seed, 'gas'));
  const upright = view === 'upright';
  for (let loop = 0; loop < 6; loop += 1) {
    const y = -78 + loop * 34 + between(random, -5, 5);
    const half = between(random, 42, 76);
    const middle = between(random, -14, 20);
    const r = between(random, 16, 20);
    const bend = between(random, -12, 12);
    const course = Array.from({ length: 9 }, (_, index): FlatPoint => {
      const t = index / 4 - 1;
      return {
        x: middle + half * t,
        y: y + bend * (1 - t * t) + between(random, -2, 2),
        r: r * (0.9 + 0.1 * random()),
      };
    });
    const level = y + between(random, -4, 4);
    // The ray passes through gas as deep as the loop is wide; folds reach in from its walls.
    subtractWhere(grid, course, (x, py, d, radius) => {
      if (upright && py > level) return 0;
      const gas = MU.water * 0.82 * chord(radius, d);
      const fold = bump(((x + 400) % 5.4) - 2.7, 0, 0.8) * smoothStep(radius * 0.1, radius * 0.5, d + 3);
      return gas * (1 - 0.32 * fold);
    });
  }
  subtractTube(
    grid,
    [
      { x: 66, y: -146, r: 26 },
      { x: 36, y: -130, r: 20 },
    ],
    (d, r) => (upright ? 0.6 : 0.45) * MU.water * chord(r, d),
  );
  for (let bubble = 0; bubble < 14; bubble += 1) {
    const x = between(random, 96, 124);
    const y = between(random, -60, 90);
    subtractTube(
      grid,
      [
        { x, y, r: between(random, 3, 7) },
        { x: x + 2, y: y + 3, r: 4 },
      ],
      (d, r) => MU.water * 0.7 * chord(r, d),
    );
  }
  // Free gas two days after the operation, under the right dome when upright.
  if (upright)
    subtractTube(
      grid,
      [
        { x: -100, y: -176, r: 4 },
        { x: -62, y: -192, r: 5 },
        { x: -24, y: -180, r: 3 },
      ],
      () => 0.5,
    );
}

function subtractWhere(
  grid: Grid,
  course: readonly FlatPoint[],
  gas: (x: number, y: number, d: number, r: number) => number,
): void {
  const radius = Math.max(...course.map((p) => p.r));
  const first = course[0]!;
  const last = course.at(-1)!;
  const box = { x0: first.x - radius, x1: last.x + radius, y0: first.y - radius - 18, y1: first.y + radius + 18 };
  paint(
    grid,
    box,
    () => -1,
    (x, y, under) => {
      const t = clamp(((x - first.x) / (last.x - first.x)) * (course.length - 1), 0, course.length - 1.001);
      const at = t | 0;
      const a = course[at]!;
      const b = course[at + 1]!;
      const center = a.y + (b.y - a.y) * (t - at);
      const past = Math.max(0, first.x - x, x - last.x);
      const d = Math.hypot(y - center, past);
      const r = a.r + (b.r - a.r) * (t - at);
      return d >= r ? under : under - gas(x, y, d, r);
    },
  );
}

/** Left hip prosthesis, skin staples and the gastric tube. */
function addMetal(grid: Grid): void {
  const metal = (): number => 4.5;
  addTube(
    grid,
    [
      { x: 96, y: 186, r: 14 },
      { x: 97, y: 187, r: 14 },
    ],
    metal,
  );
  addTube(
    grid,
    [
      { x: 88, y: 178, r: 24 },
      { x: 89, y: 178, r: 24 },
    ],
    (d, r) => (d > r - 4 ? 3.2 : 0),
  );
  addTube(
    grid,
    [
      { x: 98, y: 188, r: 6 },
      { x: 124, y: 212, r: 8 },
      { x: 132, y: 290, r: 6 },
    ],
    metal,
  );
  for (let staple = 0; staple < 16; staple += 1) {
    const y = -60 + staple * 9;
    addTube(
      grid,
      [
        { x: -7, y: y + 1.4, r: 0.5 },
        { x: -6, y, r: 0.5 },
        { x: 0, y, r: 0.5 },
        { x: 1, y: y + 1.4, r: 0.5 },
      ],
      () => 1.4,
    );
  }
  addTube(
    grid,
    [
      { x: 14, y: -260, r: 2.4 },
      { x: 26, y: -190, r: 2.4 },
      { x: 64, y: -150, r: 2.4 },
      { x: 30, y: -124, r: 2.4 },
    ],
    (d) => 0.1 + 0.5 * bump(d, 0, 0.7),
  );
}
