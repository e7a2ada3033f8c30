import { glaze, wood } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { box, corners, lathe, outline } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import type { V3 } from '../studio/vector.ts';
import { navy, notebook } from './paper.ts';
import { pencil } from './pencils.ts';
import { put } from './props.ts';

function tray(): Part[] {
  const piece = (w: number, h: number, d: number, at: V3, along: 'x' | 'z'): Part =>
    put([{ mesh: box(w, h, d, 0.28), material: wood('oak', along, at[0] + at[2] * 0.3) }], { at })[0]!;
  return [
    piece(31.6, 0.8, 19.6, [0, 0.1, 0], 'x'),
    piece(32, 3, 0.95, [0, 0, 9.6], 'x'),
    piece(32, 3, 0.95, [0, 0, -9.6], 'x'),
    piece(0.95, 3, 18.6, [-15.5, 0, 0], 'z'),
    piece(0.95, 3, 18.6, [15.5, 0, 0], 'z'),
    piece(0.75, 2.5, 18.4, [4.6, 0.2, 0], 'z'),
    piece(19.6, 2.5, 0.75, [-5.2, 0.2, 2.8], 'x'),
  ];
}

const stone = (): Part => ({
  mesh: lathe(
    outline(corners('0,0 1.6,0.1,0.8 2.7,1.1,1.2 1.6,2.1,1 0,2.2'), false, 0.1),
    72,
    (angle) => 1 + 0.16 * Math.cos(angle * 2 + 0.6),
  ),
  material: glaze('#8d8f92', { speckle: 0.6, matte: true }),
});

export const trayFront = (): Shot => ({
  parts: put(tray(), { yaw: 26 }),
  view: { target: [0, 1, 0.4], width: 40, pitch: 36 },
});

export const trayDetail = (): Shot => ({
  parts: put(
    [
      ...tray(),
      ...put(pencil('#b4553c'), { at: [-14, 1.3, 7.2], roll: -90, yaw: 2 }),
      ...put(pencil('#3f5d7a'), { at: [-13.4, 1.3, 5.4], roll: -90, yaw: -3 }),
      ...put(notebook(navy, '#cf9a3c'), { at: [-5.4, 0.9, -3.4], yaw: 90, size: 0.62 }),
      ...put([stone()], { at: [9.4, 0.9, 3.4], yaw: 20 }),
      ...put([stone()], { at: [11.2, 0.9, -3.4], yaw: 80, size: 0.8 }),
    ],
    { yaw: -18 },
  ),
  view: { target: [0, 1, 0.4], width: 39, pitch: 54 },
});
