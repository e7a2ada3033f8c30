import { earth, glaze, linen } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import type { Mesh } from '../studio/mesh.ts';
import { corners, lathe, outline, profile } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { foldedSquare } from './folds.ts';
import { lemon, put } from './props.ts';

const bowlMesh = (): Mesh =>
  lathe(
    profile(
      corners(
        '0,0.4 5,0.4 5.2,0 5.8,0 6.1,0.8 10,3.4 12.6,6.4 13.9,9.2 13.85,9.45 13.55,9.3 12.2,6.6 9.6,3.9 5,1.7 0,1.4',
      ),
      10,
    ),
    180,
  );

function bowl(): Part[] {
  const [outer, inner] = [
    glaze('#ece7dc', { speckle: 0.9, matte: true }),
    glaze('#2f4558', { speckle: 0.2 }),
  ];
  const inside = (v: number): boolean => v > 0.62;
  return [
    {
      mesh: bowlMesh(),
      material: {
        ...inner,
        colour: (spot) => (inside(spot.v) ? inner : outer).colour(spot),
        matt: ({ v }) => (inside(v) ? 0 : 0.7),
      },
    },
  ];
}

export const bowlFront = (): Shot => ({ parts: bowl(), view: { target: [0, 5, 0], width: 40, pitch: 21 } });

export const bowlDetail = (): Shot => ({
  parts: [
    ...bowl(),
    ...put(lemon(), { at: [-3.6, 4.6, 2.2], yaw: 30, roll: 14 }),
    ...put(lemon(), { at: [4, 4.7, 1.6], yaw: -50, roll: -12 }),
    ...put(lemon(), { at: [0, 4.5, -4.2], yaw: 80, roll: 8 }),
    ...put(lemon(), { at: [0.3, 7.4, 0.2], yaw: 12, roll: 20 }),
  ],
  view: { target: [0, 4.4, 0], width: 35, pitch: 52, yaw: 10 },
});

const plateMesh = (): Mesh =>
  lathe(
    outline(
      corners(
        '0,0.35 8,0.35,0.3 8.2,0,0.1 8.8,0,0.3 9.4,0.6,0.5 12.6,1.1,0.8 13.5,2.2,0.2 13.2,2.3,0.1 12.3,1.4,0.9 0,1.1',
      ),
    ),
    180,
  );

const plate = (hex: string, clay = '#b98a63'): Part => {
  const upper = glaze(hex, { speckle: 0.5 });
  const lower = earth(clay);
  return {
    mesh: plateMesh(),
    material: {
      ...upper,
      colour: (spot) => (spot.local[1] < 0.5 ? lower : upper).colour(spot),
      matt: ({ local }) => (local[1] < 0.5 ? 1 : 0),
    },
  };
};

export const platesFront = (): Shot => ({
  parts: ['#4f6070', '#b0694a', '#92a394', '#dccdb4'].flatMap((hex, i) =>
    put([plate(hex)], { at: [i % 2 ? 0.25 : -0.2, i * 1.75, 0], yaw: i * 70 }),
  ),
  view: { target: [0, 4.2, 0], width: 38, pitch: 17 },
});

export const platesDetail = (): Shot => ({
  parts: [
    ...put([plate('#92a394')], {}),
    ...put(foldedSquare(9, 14, 0.5, 3, linen('#e6dfd0', 0.14)), { at: [-0.4, 1.2, 0.2], yaw: -24 }),
  ],
  view: { target: [0, 0.5, 0], width: 36, pitch: 56 },
});
