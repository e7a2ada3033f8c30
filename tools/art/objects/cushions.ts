import { linen } from '../studio/finishes.ts';
import type { Material, Part } from '../studio/material.ts';
import { joined, type Mesh, surface } from '../studio/mesh.ts';
import { cloud } from '../studio/noise.ts';
import { curve, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { clamp, type V3 } from '../studio/vector.ts';
import { foldedSquare } from './folds.ts';
import { put } from './props.ts';
import { flat } from './throws.ts';

/** A filled cushion standing on its lower edge, facing z; half as thick again in the middle as `puff`. */
function cushion(size: number, puff: number, hex: string, seed = 0, tall = size): Part[] {
  const edge = (s: number, t: number): readonly [number, number] => {
    const pull = 1 - 0.05 * (1 - s * s) ** 1 * Math.abs(t) ** 3;
    const pullOther = 1 - 0.05 * (1 - t * t) ** 1 * Math.abs(s) ** 3;
    return [(s * pullOther * size) / 2, (t * pull * tall) / 2];
  };
  const height = (s: number, t: number): number => {
    const round = Math.max(0, (1 - s * s) * (1 - t * t));
    const crease =
      (cloud(s * 2.2 + seed, t * 2.2, seed) - 0.5) * 0.62 + (cloud(s * 6, t * 6, seed + 3) - 0.5) * 0.2;
    const corner = Math.abs(s * t) ** 3 * Math.sin((s + t + seed) * 14) * 0.6;
    return puff * round ** 0.42 + round ** 0.5 * crease * puff * 0.34 + corner * round ** 0.3;
  };
  const side = (sign: number): Mesh =>
    flat(
      surface(
        110,
        110,
        (u, v) => {
          const [s, t] = [clamp(u) * 2 - 1, clamp(v) * 2 - 1];
          const [x, y] = edge(s, t);
          return [x, y + tall / 2, sign * height(s, t)];
        },
        sign > 0,
      ),
      size,
      tall,
    );
  const rim = Array.from({ length: 201 }, (_, i): V3 => {
    const t = (i / 200) * 4;
    const [k, f] = [Math.floor(t) % 4, (t % 1) * 2 - 1];
    const [s, r] = k === 0 ? [f, -1] : k === 1 ? [1, f] : k === 2 ? [-f, 1] : [-1, -f];
    const [x, y] = edge(s * 0.995, r * 0.995);
    return [x, y + tall / 2, 0];
  });
  const cloth = linen(hex, 0.24);
  return [
    { mesh: side(1), material: cloth },
    { mesh: side(-1), material: cloth },
    { mesh: tube(rim, 0.45, 14), material: linen(hex, 0.2) },
  ];
}

export const cushionFront = (): Shot => ({
  parts: put(cushion(46, 9.4, '#c99a4b', 2), { pitch: -12, yaw: -12, at: [0, -0.1, 0] }),
  view: { target: [0, 21, 0], width: 68, pitch: 9 },
});

export const cushionDetail = (): Shot => ({
  parts: [
    ...put(cushion(46, 9.4, '#5d7387', 5), { pitch: -16, yaw: 18, at: [-7, 0.3, -8] }),
    ...put(cushion(42, 8.8, '#c99a4b', 8), { pitch: -20, yaw: -22, roll: 3, at: [9, 0.8, 8] }),
  ],
  view: { target: [0, 18, 0], width: 80, pitch: 14 },
});

function ribbon(width: number, depth: number, height: number): Part[] {
  const path = Array.from({ length: 121 }, (_, i) => {
    const angle = (i / 120) * Math.PI * 2;
    const power = (c: number): number => Math.sign(c) * Math.abs(c) ** 0.28;
    return [
      (power(Math.cos(angle)) * depth) / 2,
      height / 2 + (power(Math.sin(angle)) * height) / 2,
    ] as const;
  });
  const band = surface(120, 8, (u, v) => {
    const [z, y] = path[Math.round((((u % 1) + 1) % 1) * 120)]!;
    return [(v - 0.5) * width, y, z];
  });
  const loop = (sign: number): Mesh =>
    tube(
      curve(
        [
          [0, height + 0.4, 3],
          [sign * 3.4, height + 2, 3.4],
          [sign * 5.6, height + 1.4, 4],
          [sign * 4.6, height + 0.5, 4.6],
          [0, height + 0.5, 3.4],
        ],
        12,
      ),
      0.85,
      14,
      0.3,
    );
  const tail = (sign: number): Mesh =>
    tube(
      curve(
        [
          [0, height + 0.5, 3.4],
          [sign * 2.2, height + 0.5, 6],
          [sign * 3.6, height + 0.4, 9.4],
        ],
        12,
      ),
      0.8,
      14,
      0.3,
    );
  return [{ mesh: joined(band, loop(1), loop(-1), tail(1), tail(-1)), material: linen('#e8dfcd', 0.2) }];
}

const bedCloth = (): Material => linen('#8d9fac', 0.2);

export const beddingFront = (): Shot => ({
  parts: put(
    [
      ...foldedSquare(42, 30, 2.5, 4, bedCloth(), 6),
      ...put(foldedSquare(38, 27, 1.7, 3, linen('#c9cfd0', 0.2), 11), { at: [0, 9.9, 0.4] }),
      ...ribbon(2.6, 31.6, 15.4),
    ],
    { yaw: 20 },
  ),
  view: { target: [0.6, 7, 0], width: 60, pitch: 20 },
});

export const beddingDetail = (): Shot => ({
  parts: [
    ...put(cushion(64, 10, '#8d9fac', 3, 44), { pitch: -90, at: [0, 9, 22], yaw: 0 }),
    ...put(put(cushion(60, 9.4, '#d5d9d8', 7, 42), { pitch: -90, at: [0, 0, 21] }), {
      at: [-1, 24, 0],
      yaw: 9,
    }),
  ],
  view: { target: [0, 16, 0], width: 86, pitch: 17, yaw: 18 },
});
