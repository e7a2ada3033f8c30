import { glass } from '../studio/finishes.ts';
import type { Material, Part } from '../studio/material.ts';
import { cloud, hash, noise, specks } from '../studio/noise.ts';
import { corners, lathe, outline, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { mix, paint, scale, type V3 } from '../studio/vector.ts';
import { label } from './bottles.ts';
import { put } from './props.ts';

const salt = (): Material => ({
  colour: ({ local: [x, y, z] }) => {
    const grain = hash(
      Math.floor(x * 2.6 + 0.4 * noise(y * 3, 0, 1)),
      Math.floor(y * 2.6),
      Math.floor(z * 2.6),
    );
    const flower = Math.max(
      specks(x * 1.5, y * 1.5, z * 1.5, 0.5),
      specks(x * 2.2 + 5, y * 2.2, z * 2.2, 0.4),
    );
    return mix(scale(paint('#f6f0ec'), 0.82 + 0.18 * grain), paint('#7f6a9c'), flower * 0.8);
  },
  shine: 0.03,
  rough: 0.3,
  soft: 0.35,
  relief: ([x, y, z]) => 0.22 * noise(x * 2.6, y * 2.6, z * 2.6) + 0.1 * noise(x * 6, y * 6, z * 6),
  fine: 0.08,
});

function jar(): Part[] {
  const wall = outline(corners('0,0.1 4.7,0,0.6 5.2,0.6,0.6 5.2,12,1.2 4.5,13.2,0.6 4.5,14'), false, 0.14);
  const filled = outline(
    corners('0,0.7 4.4,0.7,0.5 4.9,1.2,0.5 4.9,10,0.5 4.5,10.4,0.4 0,10.9'),
    false,
    0.14,
  );
  return [
    { mesh: lathe(wall), material: glass([0.95, 0.965, 0.96]), blocks: 0.15 },
    { mesh: lathe(filled), material: salt() },
    {
      mesh: tube(
        Array.from(
          { length: 81 },
          (_, i): V3 => [4.5 * Math.cos(i * 0.07854), 14, 4.5 * Math.sin(i * 0.07854)],
        ),
        0.2,
        14,
      ),
      material: { ...glass([0.9, 0.92, 0.92]), shine: 0.09 },
      blocks: 0.1,
    },
    label(5.27, 3, 5.6, 1.7, '#f7f2e8'),
  ];
}

const cork = (at: V3): Part[] =>
  put(
    [
      {
        mesh: lathe(outline(corners('0,0 3.9,0,0.2 4.2,2.2,0.2 5,2.3,0.3 5,4.4,0.5 0,4.5'), false, 0.14)),
        material: {
          colour: ({ local: [x, y, z] }) =>
            mix(
              scale(paint('#c79a66'), 0.8 + 0.35 * cloud(x * 2, y * 2, z * 2)),
              paint('#6d4a2a'),
              0.7 * Math.max(specks(x * 2.3, y * 3, z * 2.3, 0.5), 0),
            ),
          shine: 0,
          rough: 1,
          relief: ([x, y, z]) => 0.05 * noise(x * 5, y * 5, z * 5),
          fine: 0.06,
        },
      },
    ],
    { at },
  );

export const saltsFront = (): Shot => ({
  parts: put([...jar(), ...cork([0, 12.2, 0])], { yaw: -10 }),
  view: { target: [0, 8.2, 0], width: 25, pitch: 11 },
});

export const saltsDetail = (): Shot => ({
  parts: [
    ...put(jar(), { yaw: -16, at: [-2.4, 0, -2.4] }),
    ...put(cork([0, 0, 0]), { at: [5.4, 4.9, 7.4], pitch: 98, yaw: -24 }),
  ],
  view: { target: [0.6, 5, 0], width: 26, pitch: 37 },
});
