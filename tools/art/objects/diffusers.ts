import { coat, glass, wood } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { corners, lathe, outline, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { mix, smooth, type V3 } from '../studio/vector.ts';
import { put } from './props.ts';
import { vase } from './vases.ts';

function diffuser(): Part[] {
  const tint: V3 = [0.84, 0.86, 0.85];
  const wall = outline(corners('0,0.1 3.6,0,0.5 3.9,0.5,0.4 3.9,7.4,0.9 1.6,8.6,0.7 1.5,9.8'), false, 0.12);
  const square = (angle: number, y: number): number => {
    if (y > 8.2) return 1;
    const c = Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
    return mix([1 / (0.32 + 0.68 * c), 0, 0], [1, 0, 0], smooth(7, 8.2, y))[0];
  };
  const reeds = [-26, -15, -6, 3, 12, 20, 29].map(
    (roll, i) =>
      put(
        [
          {
            mesh: tube(
              [
                [0, 0, 0],
                [0, 8, 0],
                [0, 16, 0],
                [0, 23.4 - (i % 3) * 0.9, 0],
              ],
              0.19,
              12,
            ),
            material: wood('ash', 'y', i),
          },
        ],
        {
          at: [-8.9 * Math.tan((roll * 0.65 * Math.PI) / 180) + 0.1 * (i - 3), 1.2, i % 2 ? -0.7 : 0.6],
          roll: -roll * 0.65,
          pitch: i % 2 ? 5 : -4,
        },
      )[0]!,
  );
  return [
    { mesh: lathe(wall, 160, square), material: glass(tint), blocks: 0.4 },
    {
      mesh: lathe(
        outline(corners('0,0.9 3.2,0.8,0.4 3.62,1.2,0.3 3.62,5.4 0,5.4'), false, 0.14),
        160,
        square,
      ),
      material: { ...glass([0.95, 0.88, 0.7]), shine: 0.03 },
      blocks: 0.2,
    },
    {
      mesh: lathe(outline(corners('1.5,9 1.95,9,0.1 1.95,10.8,0.2 1.2,10.9,0.1 1.1,10'), false, 0.08), 72),
      material: coat('#2b2a29', 0.4, 0.05),
    },
    ...reeds,
  ];
}

export const diffuserFront = (): Shot => ({
  parts: put(diffuser(), { yaw: 24 }),
  view: { target: [0, 11.6, 0], width: 30, pitch: 9 },
});

export const diffuserDetail = (): Shot => ({
  parts: [...put(diffuser(), { yaw: 36, at: [3.4, 0, 2] }), ...put(vase('#c8a692'), { at: [-7, 0, -6] })],
  view: { target: [-0.6, 10.4, 0], width: 34, pitch: 20 },
});
