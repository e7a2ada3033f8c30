import { coat, glass, paper, wood } from '../studio/finishes.ts';
import type { Part, Spot } from '../studio/material.ts';
import { corners, lathe, outline, slab } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { paint, type V3 } from '../studio/vector.ts';
import { notebook } from './paper.ts';
import { disc, put } from './props.ts';

function dial({ local: [x, , z] }: Spot): V3 | null {
  const [r, angle] = [Math.hypot(x, z), Math.atan2(x, -z)];
  const off = (count: number): number => {
    const part = (Math.PI * 2) / count;
    const rest = (((angle % part) + part) % part) / part;
    return Math.min(rest, 1 - rest) * part * r;
  };
  const hour = r > 4.55 && r < 5.75 && off(12) < 0.13;
  const quarter = r > 4.3 && r < 5.75 && off(4) < 0.2;
  const minute = r > 5.45 && r < 5.75 && off(60) < 0.045;
  return hour || quarter || minute ? paint('#2f2d2a') : null;
}

function hand(long: number, wide: number, degrees: number, z: number): Part {
  const shape = corners(`${-wide},-1 ${wide},-1 ${wide * 0.7},${long},0.1 ${-wide * 0.7},${long},0.1`);
  const mesh = slab(outline(shape, true, 0.2), 0.1, 0.04);
  return put([{ mesh, material: coat('#2a2826', 0.5) }], { roll: -degrees, at: [0, 0, z] })[0]!;
}

function clock(): Part[] {
  const body = lathe(
    outline(corners('0,0 6.6,0,0.5 7.3,0.7,0.6 7.3,5,0.5 6.7,5.5,0.3 6.3,5.3,0.2 6.2,4.6'), false, 0.12),
    180,
  );
  const round = put(
    [
      { mesh: body, material: wood('beech', 'x', 3, 0.9) },
      { mesh: disc(6.3, 4.62), material: paper('#f7f4ec', dial) },
      {
        mesh: lathe(outline(corners('0.45,4.6 0.42,5.05,0.1 0,5.1'), false, 0.06), 40),
        material: coat('#c2703f', 0.4),
      },
      { mesh: disc(6.35, 5.25), material: { ...glass([0.985, 0.99, 0.985]), shine: 0.05 }, blocks: 0.02 },
    ],
    { pitch: 90 },
  );
  const hands = [
    hand(3.1, 0.2, 305, 4.74),
    hand(4.9, 0.15, 60, 4.86),
    put(
      [
        {
          mesh: slab(outline(corners('-0.045,-1.6 0.045,-1.6 0.035,5.2 -0.035,5.2'), true, 0.3), 0.06, 0.02),
          material: coat('#c2703f', 0.4),
        },
      ],
      { roll: -212, at: [0, 0, 4.97] },
    )[0]!,
  ];
  const feet = [-3.4, 3.4].flatMap((x) =>
    put(
      [
        {
          mesh: lathe(outline(corners('0,0 0.55,0,0.1 0.8,2,0.2 0,2.1'), false, 0.15), 40),
          material: wood('beech'),
        },
      ],
      { at: [x, 0, 2.6] },
    ),
  );
  return [...put([...round, ...hands], { at: [0, 8, 0] }), ...feet];
}

export const clockFront = (): Shot => ({
  parts: put(clock(), { yaw: -13 }),
  view: { target: [0, 7.8, 0], width: 24, pitch: 8 },
});

export const clockDetail = (): Shot => ({
  parts: [
    ...put(clock(), { yaw: -52, at: [-1.4, 0, -2] }),
    ...put(notebook('#a4553d'), { at: [2.8, 0, 10.2], yaw: 66, size: 0.72 }),
  ],
  view: { target: [0.4, 6, 1.5], width: 28, pitch: 21 },
});
