import { linen, wood } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { surface } from '../studio/mesh.ts';
import { corners, lathe, profile } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { smooth } from '../studio/vector.ts';
import { foldedSquare } from './folds.ts';
import { put } from './props.ts';
import { flat } from './throws.ts';

export const napkinsFront = (): Shot => ({
  parts: ['#55687a', '#a9654a', '#8ba08f', '#d8b98b', '#ece5d8'].flatMap((hex, i) =>
    put(foldedSquare(19, 18, 0.95, 2, linen(hex, 0.15), i * 3 + 1), {
      at: [i % 2 ? 0.35 : -0.3, i * 1.95, i % 3 ? 0.2 : -0.1],
      yaw: ((i * 37) % 5) - 2,
    }),
  ),
  view: { target: [0, 4.6, 0], width: 32, pitch: 14, yaw: 20 },
});

export const napkinsDetail = (): Shot => ({
  parts: [
    ...rolled('#8ba08f', 11),
    {
      mesh: put(
        [
          {
            mesh: lathe(profile(corners('2.35,-1.6 2.8,-1.5 2.9,0 2.8,1.5 2.35,1.6 2.3,0 2.35,-1.6'), 8), 90),
            material: wood('walnut'),
          },
        ],
        { roll: 90, yaw: 28, at: [0.3, 2.5, 0.2] },
      )[0]!.mesh,
      material: wood('walnut', 'y', 4),
    },
  ],
  view: { target: [0, 2, 0], width: 30, pitch: 30 },
});

/** A loosely rolled napkin, held tight in its middle. */
function rolled(hex: string, half: number): Part[] {
  const mesh = surface(120, 140, (u, v) => {
    const t = v * 2 - 1;
    const x = t * half;
    const flare = 2.05 + 1.7 * smooth(0.1, 1, Math.abs(t));
    const angle = u * Math.PI * 2;
    const pleat =
      1 + 0.1 * smooth(0.1, 0.6, Math.abs(t)) * Math.sin(angle * 7 + t * 2) + 0.05 * Math.sin(angle * 13);
    const close = Math.abs(t) > 0.985 ? (1 - Math.abs(t)) / 0.015 : 1;
    return [x, 2.5 + flare * pleat * Math.sin(angle) * 0.62 * close, flare * pleat * Math.cos(angle) * close];
  });
  return put([{ mesh: flat(mesh, 12, 24), material: linen(hex, 0.15) }], { yaw: 28 });
}
