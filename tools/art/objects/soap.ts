import { wood } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { cloud } from '../studio/noise.ts';
import { box } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { paint, scale, smooth, type V3 } from '../studio/vector.ts';
import { put } from './props.ts';

function bar(hex: string): Part {
  const mesh = box(9.4, 3.2, 6.2, 1.15, 46);
  const stamp = ([x, y, z]: V3): number => {
    if (y < 2.6) return 0;
    const frame = Math.max(Math.abs(x) - 3.2, Math.abs(z) - 1.75);
    const leaf = Math.abs(z) - 0.75 * Math.cos(x * 0.72);
    return (
      -0.16 *
      (smooth(0.24, 0.08, Math.abs(frame)) +
        smooth(0.08, -0.12, leaf) * smooth(2.2, 2, Math.abs(x)) * smooth(0.03, 0.1, Math.abs(z)))
    );
  };
  return {
    mesh,
    material: {
      colour: ({ local: [x, y, z] }) => scale(paint(hex), 0.92 + 0.14 * cloud(x * 0.7, y * 0.7, z * 0.7)),
      shine: 0.03,
      rough: 0.55,
      soft: 0.25,
      relief: (local) => stamp(local) + 0.02 * cloud(local[0] * 2, local[1] * 2, local[2] * 2),
      fine: 0.05,
    },
  };
}

function dish(): Part[] {
  const slats = [-2.9, -0.97, 0.97, 2.9].map(
    (z) =>
      put([{ mesh: box(13, 0.9, 1.35, 0.3), material: wood('walnut', 'x', z * 2) }], { at: [0, 1.1, z] })[0]!,
  );
  const feet = [-4.6, 4.6].map(
    (x) =>
      put([{ mesh: box(1.3, 1.15, 7.2, 0.25), material: wood('walnut', 'z', x) }], { at: [x, 0, 0] })[0]!,
  );
  return [...slats, ...feet];
}

export const soapFront = (): Shot => ({
  parts: put([...dish(), ...put([bar('#a3a96d')], { at: [0, 2, 0], yaw: 3 })], { yaw: 24 }),
  view: { target: [0, 2.4, 0], width: 20, pitch: 31 },
});

export const soapDetail = (): Shot => ({
  parts: ['#c98f70', '#ece3cf', '#a3a96d'].flatMap((hex, i) =>
    put([bar(hex)], { at: [i % 2 ? 0.5 : -0.3, i * 3.17, 0], yaw: [14, 40, -8][i]! }),
  ),
  view: { target: [0, 4.5, 0], width: 19, pitch: 20 },
});
