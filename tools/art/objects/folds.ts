import type { Material, Part } from '../studio/material.ts';
import { joined, type Mesh, surface } from '../studio/mesh.ts';
import { cloud, noise } from '../studio/noise.ts';
import { clamp, type V3 } from '../studio/vector.ts';

/**
 * A cloth folded into a flat packet lying on y = 0: `layers` sheets of `thick` centimetres, the round folds in
 * front, soft sides, a slightly uneven top.
 */
export function foldedSquare(
  width: number,
  depth: number,
  thick: number,
  layers: number,
  material: Material,
  seed = 0,
): Part[] {
  const sheets: Mesh[] = [];
  for (let i = 0; i < layers; i++) sheets.push(sheet(width, depth, thick, i, i === layers - 1, seed));
  return [{ mesh: joined(...sheets), material }];
}

/** One sheet: a flat bar with a round front, swollen in the middle and wavering along its edges. */
function sheet(width: number, depth: number, thick: number, level: number, top: boolean, seed: number): Mesh {
  const slip = (noise(level * 3.7, seed, 0) - 0.5) * thick * 0.7;
  const half = thick / 2;
  const round = (x: number, y: number, z: number): V3 => {
    const waver = cloud(x * 0.14 + seed, level * 5.1, z * 0.14, 2) - 0.5;
    const edge = clamp((width / 2 - Math.abs(x)) / (thick * 1.6));
    const sag = 0.5 + 0.5 * edge ** 0.4;
    const lift = top ? 0.5 * thick * waver : 0.18 * thick * waver;
    return [x + slip, level * thick * 0.97 + half + y * sag + lift, z + waver * thick * 0.8];
  };
  const around = 40;
  return surface(around, 90, (u, v) => {
    const x = (v - 0.5) * width;
    const [y, z] = stadium(u, depth, half);
    return round(x, y * 1.03, z);
  });
}

/** The outline of one layer seen from its end: flat above and below, round in front and behind. */
function stadium(u: number, depth: number, half: number): readonly [number, number] {
  const straight = depth / 2 - half;
  const t = (((u % 1) + 1) % 1) * 4;
  const side = Math.floor(t);
  const f = t - side;
  if (side === 0) return [half, straight - 2 * straight * f];
  if (side === 1) return [half * Math.cos(Math.PI * f), -straight - half * Math.sin(Math.PI * f)];
  if (side === 2) return [-half, -straight + 2 * straight * f];
  return [-half * Math.cos(Math.PI * f), straight + half * Math.sin(Math.PI * f)];
}
