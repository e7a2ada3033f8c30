import { linen, paper } from '../studio/finishes.ts';
import type { Material, Part, Spot } from '../studio/material.ts';
import { joined, type Mesh } from '../studio/mesh.ts';
import { box, curve, places, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { mix, paint } from '../studio/vector.ts';
import { pencil } from './pencils.ts';
import { put } from './props.ts';

/** Lies on y = 0, the spine at the left, its lower edge in front. */
export function notebook(hex: string, band?: string): Part[] {
  const cloth = { ...linen(hex, 0.09), colour: (spot: Spot) => linen(hex, 0.09).colour(spot) };
  const cover = (y: number): Mesh =>
    put([{ mesh: box(14.6, 0.26, 21, 0.13), material: cloth }], { at: [0, y, 0] })[0]!.mesh;
  const spine = put([{ mesh: box(0.5, 1.85, 21, 0.24), material: cloth }], { at: [-7.15, 0, 0] })[0]!.mesh;
  const leaves: Material = paper('#f3ecdd', ({ local: [, y] }) =>
    mix(paint('#f6f0e3'), paint('#d8ccb6'), Math.abs(Math.sin(y * 36)) ** 6),
  );
  const ribbon = tube(
    curve(places('-1.4,0.9,10 -1.4,0.9,11.4 -1.2,0.4,12.6 -0.6,0.16,14.2'), 8),
    0.4,
    12,
    0.22,
  );
  return [
    { mesh: joined(cover(0), cover(1.59), spine), material: cloth },
    ...put([{ mesh: box(14, 1.35, 20.3, 0.08, 20), material: leaves }], { at: [-0.1, 0.25, 0] }),
    ...(band
      ? [
          ...put([{ mesh: box(0.75, 1.98, 21.16, 0.1), material: linen(band, 0.07) }], {
            at: [5.2, -0.06, 0],
          }),
          { mesh: ribbon, material: linen(band, 0.08) },
        ]
      : []),
  ];
}

export const navy = '#34405c';

export const notebookFront = (): Shot => ({
  parts: put(put(notebook(navy, '#cf9a3c').slice(0, 3), { pitch: 90, at: [0, 10.5, 0] }), { yaw: 30 }),
  view: { target: [0.4, 10.3, 0], width: 30, pitch: 11 },
});

export const notebookDetail = (): Shot => ({
  parts: [
    ...put(notebook('#a4553d'), { yaw: 8 }),
    ...put(notebook('#cdbf9f'), { at: [0.3, 1.86, 0], yaw: 18 }),
    ...put(notebook(navy, '#cf9a3c'), { at: [-0.2, 3.72, 0], yaw: -6 }),
    ...put(pencil('#5f7f6c'), { at: [-7, 6.05, 6.6], roll: -90, yaw: 34 }),
  ],
  view: { target: [0, 2.4, 0.4], width: 34, pitch: 40, yaw: 24 },
});
