import { createRandom } from './random.ts';

/** Smooth noise in -1..1 with one value per unit cube, repeating every 32 units. */
export interface ValueNoise {
  at(x: number, y: number, z: number): number;
  /** Several octaves, still about -1..1. */
  fractal(x: number, y: number, z: number, octaves: number): number;
}

const SIDE = 32;
const MASK = SIDE - 1;

export function createValueNoise(seed: number): ValueNoise {
  const random = createRandom(seed);
  const table = new Float32Array(SIDE * SIDE * SIDE);
  for (let index = 0; index < table.length; index += 1) table[index] = random() * 2 - 1;

  const at = (x: number, y: number, z: number): number => {
    const floorX = Math.floor(x);
    const floorY = Math.floor(y);
    const floorZ = Math.floor(z);
    let u = x - floorX;
    let v = y - floorY;
    let w = z - floorZ;
    u = u * u * (3 - 2 * u);
    v = v * v * (3 - 2 * v);
    w = w * w * (3 - 2 * w);
    const x0 = floorX & MASK;
    const x1 = (floorX + 1) & MASK;
    const y0 = (floorY & MASK) * SIDE;
    const y1 = ((floorY + 1) & MASK) * SIDE;
    const z0 = (floorZ & MASK) * SIDE * SIDE;
    const z1 = ((floorZ + 1) & MASK) * SIDE * SIDE;
    const a = table[z0 + y0 + x0]!;
    const b = table[z0 + y0 + x1]!;
    const c = table[z0 + y1 + x0]!;
    const d = table[z0 + y1 + x1]!;
    const e = table[z1 + y0 + x0]!;
    const f = table[z1 + y0 + x1]!;
    const g = table[z1 + y1 + x0]!;
    const h = table[z1 + y1 + x1]!;
    const front = a + (b - a) * u + (c + (d - c) * u - a - (b - a) * u) * v;
    const back = e + (f - e) * u + (g + (h - g) * u - e - (f - e) * u) * v;
    return front + (back - front) * w;
  };

  return {
    at,
    fractal(x, y, z, octaves) {
      let sum = 0;
      let weight = 0.5;
      let scale = 1;
      for (let octave = 0; octave < octaves; octave += 1) {
        sum += weight * at(x * scale + octave * 7.3, y * scale + octave * 3.1, z * scale);
        weight *= 0.55;
        scale *= 2;
      }
      return sum * 1.3;
    },
  };
}
