import { terry } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { surface } from '../studio/mesh.ts';
import { noise } from '../studio/noise.ts';
import type { Shot } from '../studio/stage.ts';
import { clamp } from '../studio/vector.ts';
import { foldedSquare } from './folds.ts';
import { put } from './props.ts';

export const towelsFront = (): Shot => ({
  parts: [
    ...put(foldedSquare(36, 26, 3.1, 3, terry('#7fa39b'), 2), { yaw: 1 }),
    ...put(foldedSquare(34.5, 25, 2.6, 3, terry('#d9c3a0'), 9), { at: [0.5, 9.3, 0.2], yaw: -1.5 }),
    ...put(foldedSquare(33, 24, 2.2, 2, terry('#f3efe7'), 15), { at: [-0.4, 17.1, 0], yaw: 1 }),
  ],
  view: { target: [0, 10, 0], width: 56, pitch: 13, yaw: 22 },
});

/** A sheet wound up, seen at its end as a spiral. */
function roll(hex: string, width: number, seed: number): Part[] {
  const turns = 3.4;
  const spiral = (t: number, out: number): readonly [number, number] => {
    const angle = t * turns * Math.PI * 2;
    const r = 0.7 + t * turns * 1.75 + out * 0.76;
    return [r * Math.cos(-angle), r * Math.sin(-angle)];
  };
  const mesh = surface(
    36,
    620,
    (u, v) => {
      const around = (((u % 1) + 1) % 1) * Math.PI * 2;
      const power = (c: number, k: number): number => Math.sign(c) * Math.abs(c) ** k;
      const [z, y] = spiral(clamp(v), power(Math.sin(around), 0.7));
      const wave = 0.25 * (noise(v * 40, seed, 0) - 0.5);
      return [power(Math.cos(around), 0.16) * (width / 2 + wave), y, z];
    },
    true,
  );
  return [{ mesh, material: terry(hex) }];
}

export const towelsDetail = (): Shot => ({
  parts: [
    ...put(roll('#7fa39b', 32, 1), { at: [0, 6.8, 7], yaw: 0 }),
    ...put(roll('#d9c3a0', 31, 5), { at: [0, 6.8, -7], pitch: 70 }),
    ...put(roll('#f3efe7', 30, 9), { at: [0, 18.4, 0], pitch: 30 }),
  ].map((part) => put([part], { yaw: -58 })[0]!),
  view: { target: [0, 12, 0], width: 50, pitch: 14 },
});
