import { metal, wood } from '../studio/finishes.ts';
import type { Part, Spot } from '../studio/material.ts';
import { noise } from '../studio/noise.ts';
import { type Corner, corners, lathe, outline, profile, slab } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { scale, type V3 } from '../studio/vector.ts';
import { lemon, put } from './props.ts';

function board(): Part[] {
  const shape: Corner[] = corners(
    '0,0 11,0,2.4 11,29,4 3.6,31.5,3.4 3,36,2 3.3,42,3 0,42.4 -3.3,42,3 -3,36,2 -3.6,31.5,3.4 -11,29,4 -11,0,2.4',
  );
  const far = ([x, y]: V3): number => Math.hypot(x, y - 39.2);
  const material = wood('walnut', 'y', 3);
  return [
    {
      mesh: slab(outline(shape, true, 0.35), 1.9, 0.35),
      material: { ...material, hole: (local) => far(local) < 1.15 },
    },
    {
      mesh: put(
        [
          {
            mesh: lathe(
              [
                [1.16, 0.94],
                [1.16, -0.94],
              ],
              48,
            ),
            material,
          },
        ],
        { pitch: 90, at: [0, 39.2, 0] },
      )[0]!.mesh,
      material: wood('dark'),
    },
  ];
}

function knife(): Part[] {
  const blade: Corner[] = corners('0,0 0,-3.9,0.3 6,-4.1,3 14,-3.5,4 18.6,-1.8,2 20.6,0.35 14,0.7,6 0,0.7');
  const grip: Corner[] = corners(
    '0.4,0.8,0.3 0.2,-1.9,0.6 -1.6,-2,1 -5,-1.5,2 -9.4,-2,1.6 -12.6,-2.4,1.2 -13,0.2,1 -6,0.9,4',
  );
  const steel = metal('#d9dcdf', 0.3, 0.03);
  const rivet = lathe(profile(corners('0.42,0 0.4,0.05 0,0.08'), 6), 40);
  return [
    {
      mesh: slab(outline(blade, true, 0.25), 0.24, 0.1),
      material: { ...steel, colour: bladeSheen },
    },
    {
      mesh: slab(outline(corners('0.1,0.72 0.1,-4,0.4 1.2,-4.05,0.4 1.5,0.72'), true, 0.2), 0.62, 0.2),
      material: metal('#c2c6ca', 0.22),
    },
    { mesh: slab(outline(grip, true, 0.25), 1.7, 0.55), material: wood('ash', 'x', 7, 1.6) },
    ...[-2.2, -5.8, -9.6].flatMap((x) =>
      put([{ mesh: rivet, material: metal('#c9b27a', 0.2) }], { pitch: 90, at: [x, -0.55, 0.84] }),
    ),
  ];
}

/** Satin steel shows the room as soft bands; the ground edge below is brighter. */
function bladeSheen({ local: [x, y] }: Spot): V3 {
  const edge = y < -2.55 + 0.085 * Math.max(0, x - 8) + Math.max(0, x - 14) ** 2 * 0.045;
  const band = 0.5 + 0.5 * Math.sin(x * 0.42 + y * 0.22 + 1.1);
  const brushed = 0.06 * noise(x * 0.5, y * 24, 0);
  return scale([0.97, 0.985, 1], (edge ? 1.3 : 0.62 + 0.62 * band ** 2) + brushed);
}

const lying = (parts: readonly Part[], yaw: number, at: V3): Part[] =>
  put(put(parts, { pitch: -90 }), { yaw, at });

export const boardFront = (): Shot => ({
  parts: put(board(), { pitch: -7, yaw: -14 }),
  view: { target: [0, 21, 0], width: 52, pitch: 9 },
});

export const boardDetail = (): Shot => ({
  parts: [
    ...lying(board(), -40, [-11.5, 1, 15]),
    ...put(lying(knife(), 0, [0, 0, 0]), { yaw: 66, at: [-2.6, 2.85, 8.6] }),
    ...put(lemon(), { at: [-6.6, 4.9, 1.6], yaw: 30 }),
    ...put(lemon(), { at: [-2.4, 4.9, -3], yaw: -40 }),
  ],
  view: { target: [1, 1.5, 0], width: 44, pitch: 46 },
});

export const knifeFront = (): Shot => ({
  parts: lying(knife(), 58, [-1.6, 0.86, 3.4]),
  view: { target: [0, 0.5, 0], width: 30, pitch: 62 },
});

export const knifeDetail = (): Shot => ({
  parts: lying(knife(), -28, [2, 0.86, 1]),
  view: { target: [-0.6, 0.5, 0.4], width: 18, pitch: 40 },
});
