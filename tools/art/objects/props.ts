import type { Part } from '../studio/material.ts';
import { type Mesh, type Placement, placed } from '../studio/mesh.ts';
import { noise } from '../studio/noise.ts';
import { corners, lathe, outline, profile } from '../studio/shapes.ts';
import { paint, scale } from '../studio/vector.ts';

/** Moves several parts as one thing. */
export const put = (parts: readonly Part[], placement: Placement): Part[] =>
  parts.map((part) => ({ ...part, mesh: placed(part.mesh, placement) }));

/** A level disc that faces up. */
export const disc = (radius: number, y: number): Mesh =>
  lathe(
    outline(
      [
        [radius, y],
        [0, y],
      ],
      false,
      0.3,
    ),
  );

/** Lies along x. */
export function lemon(): Part[] {
  const mesh = lathe(
    profile(corners('0,-4.3 0.6,-4.1 0.95,-3.7 2,-2.9 2.9,-1.2 3,0.6 2.3,2.5 1,3.5 0.5,3.8 0,3.9'), 10),
    96,
  );
  const swap = (list: Float32Array): Float32Array =>
    list.map((_, i) => (i % 3 === 0 ? list[i + 1]! : i % 3 === 1 ? list[i - 1]! : -list[i]!));
  return [
    {
      mesh: { ...mesh, position: swap(mesh.position), normal: swap(mesh.normal) },
      material: {
        colour: ({ local: [x, y, z] }) => scale(paint('#eec23c'), 0.9 + 0.16 * noise(x, y, z)),
        shine: 0.035,
        rough: 0.4,
        relief: ([x, y, z]) => -0.035 * noise(x * 5, y * 5, z * 5),
        fine: 0.06,
      },
    },
  ];
}
