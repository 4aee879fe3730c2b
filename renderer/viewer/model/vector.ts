import type { Vector3 } from './image-facts.ts';
import { cross, dot } from './read-image-facts.ts';

export const between = (from: Vector3, to: Vector3): Vector3 => [to[0] - from[0], to[1] - from[1], to[2] - from[2]];

/** So far from a place along a direction. */
export const moved = ([x, y, z]: Vector3, direction: Vector3, by: number): Vector3 => [
  x + direction[0] * by,
  y + direction[1] * by,
  z + direction[2] * by,
];

export const reversed = ([x, y, z]: Vector3): Vector3 => [-x, -y, -z];

export const lengthOf = (vector: Vector3): number => Math.hypot(...vector);

export const unit = (vector: Vector3): Vector3 => {
  const length = lengthOf(vector);
  return [vector[0] / length, vector[1] / length, vector[2] / length];
};

/** Turned about an axis of length 1, by the right hand (Rodrigues). */
export function turned(vector: Vector3, axis: Vector3, degrees: number): Vector3 {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const along = dot(axis, vector) * (1 - cos);
  const aside = cross(axis, vector);
  return [
    vector[0] * cos + aside[0] * sin + axis[0] * along,
    vector[1] * cos + aside[1] * sin + axis[1] * along,
    vector[2] * cos + aside[2] * sin + axis[2] * along,
  ];
}
