import { glaze } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { corners, lathe, outline } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { paint, smooth } from '../studio/vector.ts';
import { put } from './props.ts';

/** Stands on its end, point up. */
export function pencil(hex: string): Part[] {
  const hexagon = (angle: number, y: number): number => {
    const corner = Math.cos(Math.PI / 6) / Math.cos(((angle + Math.PI / 6) % (Math.PI / 3)) - Math.PI / 6);
    return y > 15.9 ? 1 : 0.94 + (corner - 0.94) * smooth(15.9, 15.4, y);
  };
  const mesh = lathe(outline(corners('0,0 0.39,0,0.02 0.4,15.2 0.09,17.5 0,17.7'), false, 0.12), 72, hexagon);
  const lacquer = paint(hex);
  return [
    {
      mesh,
      material: {
        colour: ({ u, local: [, y] }) => {
          const scallop = 15.25 + 0.22 * Math.abs(Math.sin(u * Math.PI * 6 + Math.PI / 2));
          if (y < 0.06) return paint('#d8b384');
          return y > 16.75 ? paint('#33312f') : y > scallop ? paint('#dfba8a') : lacquer;
        },
        shine: 0.05,
        rough: 0.25,
        matt: ({ local: [, y] }) => (y > 15.4 ? 0.9 : 0),
      },
    },
  ];
}

const colours = ['#b4553c', '#d8a13e', '#5f7f6c', '#3f5d7a', '#8a5a7a', '#e3d8c3', '#33363b'];

function pencils(): Part[] {
  const cup = lathe(
    outline(
      corners('0,0.2 3.1,0.2,0.2 3.3,0,0.1 3.9,0,0.3 4.1,0.8,0.5 4.1,8.8,0.15 3.75,8.8,0.15 3.7,1,0.6 0,0.8'),
    ),
  );
  const leaning = colours.flatMap((hex, i) => {
    const angle = (i / colours.length) * Math.PI * 2 + 0.5;
    const [x, z] = [Math.cos(angle), Math.sin(angle)];
    return put(pencil(hex), { at: [x * 0.9, 0.9, z * 0.9], roll: -x * 14.5, pitch: z * 14.5, size: 1 });
  });
  return [{ mesh: cup, material: glaze('#e6ded0', { speckle: 0.9, matte: true }) }, ...leaning];
}

export const pencilsFront = (): Shot => ({
  parts: pencils(),
  view: { target: [0, 9, 0], width: 24, pitch: 12 },
});

export const pencilsDetail = (): Shot => ({
  parts: put(pencils(), { yaw: 50 }),
  view: { target: [0, 14.2, 0], width: 14.5, pitch: 33 },
});
