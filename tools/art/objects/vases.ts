import { glaze } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { corners, lathe, profile } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { put } from './props.ts';

export function vase(hex: string): Part[] {
  const mesh = lathe(
    profile(
      corners(
        '0,0.2 3.4,0.2 3.6,0 4,0.1 6.2,3 6.8,6.6 5.6,10.2 2.9,13 1.75,15.4 1.6,19.4 2,22.4 1.75,22.5 1.3,19 1.4,14',
      ),
      11,
    ),
    140,
  );
  return [{ mesh, material: glaze(hex, { speckle: 0.5, matte: true }) }];
}

const jugs = (): Part[] => [
  ...put(vase('#c58f78'), { at: [-8, 0, -4] }),
  ...put(
    [
      {
        mesh: lathe(
          profile(corners('0,0 4,0 4.4,0.4 5,4 5,10 4.4,13.4 3.2,14.8 3.3,15.8 3,15.8 2.8,14.6 3,12'), 11),
        ),
        material: glaze('#e9e3d6', { speckle: 0.7, matte: true }),
      },
    ],
    { at: [3.4, 0, 4] },
  ),
  ...put(
    [
      {
        mesh: lathe(
          profile(corners('0,0 2.4,0 2.8,0.3 5,3.4 4.9,6.2 2.4,8.6 1.3,9.8 1.5,11 1.2,11 0.9,9.6'), 11),
        ),
        material: glaze('#4c5f66', { matte: true }),
      },
    ],
    { at: [11.6, 0, -1.6] },
  ),
];

export const vaseDetail = (): Shot => ({
  parts: jugs(),
  view: { target: [1, 8.6, 0], width: 36, pitch: 22 },
});
