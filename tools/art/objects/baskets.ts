import { wool } from '../studio/finishes.ts';
import type { Material, Part } from '../studio/material.ts';
import { joined, type Mesh } from '../studio/mesh.ts';
import { noise } from '../studio/noise.ts';
import { corners, curve, lathe, outline, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { mix, paint, scale, type V3 } from '../studio/vector.ts';
import { foldedSquare } from './folds.ts';
import { put } from './props.ts';

const straw = (hex: string): Material => ({
  colour: ({ local: [x, y, z] }) => {
    const strand = noise(Math.atan2(z, x) * 26, y * 5.5, 2);
    return scale(mix(paint(hex), paint('#8f6d40'), 0.55 * strand), 0.85 + 0.2 * noise(x * 2, y * 2, z * 2));
  },
  shine: 0.02,
  rough: 0.6,
  relief: ([x, y, z]) => 0.05 * noise(Math.atan2(z, x) * 40, y * 9, 1),
  fine: 0.06,
});

function basket(): Part[] {
  const course = 1.5;
  const belly = outline(corners('0,0.1 14.6,0,1.2 17.2,8,6 17.4,16,4 16.2,25'), false, 0.17);
  const outer = lathe(belly, 320, (angle, y) => {
    const row = Math.floor(y / course);
    const bulge = Math.abs(Math.sin((Math.PI * y) / course)) ** 0.7;
    const over = Math.cos(angle * 26 + (row % 2) * Math.PI);
    return 1 + (y > 0.3 ? bulge * (0.016 + 0.02 * over) : 0);
  });
  const inner = lathe(outline(corners('15.7,25 16.6,16,4 16.4,8,6 13.8,0.8,1 0,0.8'), false, 0.4), 160);
  const rim = tube(
    Array.from(
      { length: 161 },
      (_, i): V3 => [16 * Math.cos(i * 0.03927), 25.2 + 0.1 * Math.sin(i * 1.6), 16 * Math.sin(i * 0.03927)],
    ),
    (t) => 0.85 + 0.09 * Math.cos(t * 6.28318 * 60),
    14,
  );
  const handle = (sign: number): Mesh =>
    tube(
      curve(
        [
          [sign * 16, 24, -4.2],
          [sign * 16.6, 28, -4.2],
          [sign * 17, 31, -2.4],
          [sign * 17.1, 31.8, 0],
          [sign * 17, 31, 2.4],
          [sign * 16.6, 28, 4.2],
          [sign * 16, 24, 4.2],
        ],
        14,
      ),
      (t) => 0.72 + 0.08 * Math.cos(t * 190),
      16,
    );
  return [
    { mesh: outer, material: straw('#d9bd86') },
    { mesh: inner, material: straw('#b8985f') },
    { mesh: joined(rim, handle(1), handle(-1)), material: straw('#cda969') },
  ];
}

export const basketFront = (): Shot => ({
  parts: put(basket(), { yaw: 32 }),
  view: { target: [0, 14.4, 0], width: 52, pitch: 17 },
});

export const basketDetail = (): Shot => ({
  parts: [
    ...put(basket(), { yaw: -24 }),
    ...put(
      foldedSquare(
        20,
        19,
        2.8,
        3,
        wool(() => paint('#8fa09a')),
        3,
      ),
      { at: [-1.4, 17.8, 0.6], yaw: 20, roll: 4 },
    ),
    ...put(
      foldedSquare(
        18,
        17,
        2.4,
        2,
        wool(() => paint('#e6dccb')),
        8,
      ),
      { at: [-1, 26, 0.4], yaw: 34, roll: 3 },
    ),
  ],
  view: { target: [0, 17, 0], width: 46, pitch: 40 },
});
