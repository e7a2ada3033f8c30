import { coat, glaze, metal, wood } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { noise } from '../studio/noise.ts';
import {
  type Corner,
  corners,
  curve,
  lathe,
  outline,
  places,
  profile,
  slab,
  tube,
} from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import type { V3 } from '../studio/vector.ts';
import { put } from './props.ts';

function mill(kind: 'walnut' | 'beech' = 'walnut'): Part[] {
  const body = lathe(
    profile(
      corners('0,0 2.95,0 3.15,0.3 3.1,1.6 2.5,3.8 1.85,7.4 2,10.6 2.65,13 2.75,14 2.5,14.5 2.1,14.6'),
      12,
    ),
  );
  const head = lathe(profile(corners('2.15,14.75 2.6,14.9 2.95,15.8 2.9,17.4 2.2,18.9 1.1,19.5 0,19.6'), 12));
  const nut = lathe(profile(corners('0.7,19.4 0.72,19.8 0.95,20.3 0.9,20.9 0.5,21.2 0,21.25'), 8), 64);
  return [
    { mesh: body, material: wood(kind, 'y', 1, 1.3) },
    { mesh: head, material: wood(kind, 'y', 4, 1.3) },
    {
      mesh: lathe([
        [2.12, 14.4],
        [2.12, 14.9],
      ]),
      material: coat('#1c1512', 0.7),
    },
    { mesh: nut, material: metal('#c4c7c9', 0.15) },
  ];
}

const peppercorns = (): Part[] =>
  Array.from({ length: 16 }, (_, i) => {
    const [x, z] = [-3.4 + 6.8 * noise(i * 3.3, 1, 0) + i * 0.3, 4.2 + 4.6 * noise(i * 5.1, 2, 4)];
    return put(
      [
        {
          mesh: lathe(profile(corners('0,0 0.2,0.08 0.28,0.28 0.2,0.48 0,0.56'), 5), 20),
          material: coat(i % 4 ? '#2a211b' : '#4c3b2d', 0.8, 0.02),
        },
      ],
      { at: [x, 0, z] },
    )[0]!;
  });

export const millFront = (): Shot => ({ parts: mill(), view: { target: [0, 10.3, 0], width: 27, pitch: 9 } });

export const millDetail = (): Shot => ({
  parts: [
    ...put(mill(), { at: [-3.6, 0, -2.4] }),
    ...put(mill('beech'), { at: [4, 0, 0.4] }),
    ...peppercorns(),
  ],
  view: { target: [0.2, 8, 0.5], width: 26, pitch: 24 },
});

export function spoon(kind: 'cherry' | 'beech' | 'walnut', slots = false): Part[] {
  const shaft = tube(
    curve(places('0,0,0 0,12,0.1 0,22,0 0,23.6,0'), 12),
    (t) => 0.62 - 0.16 * Math.sin(t * 3),
    20,
  );
  const head = lathe(profile(corners('0,0 0.9,0.4 1.9,2 2.35,4 2,6 1,7.2 0,7.5'), 10), 72);
  const flat = { ...head, position: head.position.map((x, i) => (i % 3 === 2 ? x * 0.34 : x)) };
  return [
    { mesh: shaft, material: wood(kind, 'y', 2, 1.4) },
    {
      mesh: put([{ mesh: flat, material: wood(kind) }], { at: [0, 22.6, 0] })[0]!.mesh,
      material: {
        ...wood(kind, 'y', 5, 1.4),
        ...(slots ? { hole: ([x, y]: V3) => y > 2.4 && y < 5.4 && Math.abs(Math.abs(x) - 0.62) < 0.24 } : {}),
      },
    },
  ];
}

function spatula(): Part[] {
  const shape: Corner[] = corners(
    '-0.55,0 0.55,0 0.6,20,1 2.3,23.4,2 2.5,31,0.6 -2.2,32.4,1.2 -2.3,23.4,2 -0.6,20,1',
  );
  return [{ mesh: slab(outline(shape, true, 0.3), 0.7, 0.25), material: wood('oak', 'y', 8, 1.4) }];
}

function crock(): Part[] {
  const body = lathe(
    outline(
      corners('0,0 6.4,0,0.6 6.9,1,0.8 7,15.4,0.3 7.3,16.2,0.3 6.7,16.4,0.3 6.4,15.4,0.3 6.2,1.5,1 0,1'),
      false,
      0.16,
    ),
    260,
    (angle, y) => 1 + (y > 1.2 && y < 15 ? 0.009 * Math.cos(angle * 44) : 0),
  );
  return [
    { mesh: body, material: glaze('#eee9df', { speckle: 0.15, matte: true }) },
    ...put(spoon('cherry'), { at: [-2.4, 1.6, 1], roll: 11, pitch: 2, yaw: 10 }),
    ...put(spoon('walnut', true), { at: [0.6, 1.6, 1.6], roll: -12, pitch: 5, yaw: -14 }),
    ...put(spatula(), { at: [0.2, 1.6, -2.6], roll: 3, pitch: -7, yaw: 12 }),
    ...put(spoon('beech'), { at: [-1.4, 1.6, -2.6], roll: -15, pitch: -3, yaw: 12 }),
  ];
}

export const crockFront = (): Shot => ({
  parts: crock(),
  view: { target: [0, 15.4, 0], width: 41, pitch: 12 },
});

export const crockDetail = (): Shot => ({
  parts: put(crock(), { yaw: -38 }),
  view: { target: [0, 21, 0], width: 27, pitch: 22 },
});
