import { glass, wood } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { corners, lathe, outline, profile, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { scale, type V3 } from '../studio/vector.ts';
import { disc, put } from './props.ts';

const clear: V3 = [0.925, 0.94, 0.94];

const ring = (radius: number, y: number, thickness: number, tint: V3): Part => ({
  mesh: tube(
    Array.from(
      { length: 97 },
      (_, i): V3 => [radius * Math.cos((i / 96) * 6.28319), y, radius * Math.sin((i / 96) * 6.28319)],
    ),
    thickness,
    14,
  ),
  material: { ...glass(tint), shine: 0.09 },
  blocks: 0.1,
});

/** A glass wall with a heavy base, and what it is filled with up to a height. */
export function vessel(
  points: readonly (readonly [number, number])[],
  tint: V3,
  fill?: { to: number; tint: V3; wall: number },
): Part[] {
  const wall = profile(points, 12);
  const [top] = wall.toReversed();
  const base = wall.findIndex(([, y]) => y > 0.9);
  const parts: Part[] = [
    { mesh: lathe(wall, 120), material: glass(tint), blocks: 0.16 },
    ring(top![0] - 0.05, top![1], 0.13, scale(tint, 0.93)),
    {
      mesh: lathe(
        outline(
          [
            [wall[base]![0] - 0.25, 1.1, 0],
            [wall[base]![0] - 0.6, 0.85, 0.3],
            [0, 0.8],
          ],
          false,
          0.1,
        ),
        120,
      ),
      material: glass(scale(tint, 0.97)),
      blocks: 0.1,
    },
  ];
  if (!fill) return parts;
  const inner = wall
    .filter(([r, y]) => y > 1 && y < fill.to && r > 0)
    .map(([r, y]) => [r - fill.wall, y] as const);
  const surfaceRadius = inner[inner.length - 1]![0];
  return [
    ...parts,
    { mesh: lathe([[0, 1], ...inner]), material: { ...glass(fill.tint), shine: 0.01 }, blocks: 0.12 },
    { mesh: disc(surfaceRadius, fill.to), material: { ...glass(fill.tint), shine: 0.05 }, blocks: 0 },
    ring(surfaceRadius, fill.to, 0.07, fill.tint),
  ];
}

function carafe(): Part[] {
  const stopper = lathe(
    profile(corners('0,23.4 2,23.4 2.15,24.6 2.5,25.4 2.9,26.2 2.9,27.6 2.5,28 0,28.05'), 8),
  );
  return [
    ...vessel(
      [
        [0, 0.25],
        [4.6, 0.2],
        [5.4, 0.3],
        [5.9, 1.2],
        [6.1, 4],
        [5.9, 9],
        [4.6, 13.4],
        [3, 16.6],
        [2.35, 19.4],
        [2.3, 22],
        [2.7, 25.2],
      ],
      clear,
      { to: 11.5, tint: [0.955, 0.975, 0.98], wall: 0.22 },
    ),
    { mesh: stopper, material: wood('oak') },
  ];
}

const tumbler = (tint: V3, fill?: number): Part[] =>
  vessel(
    [
      [0, 0.2],
      [2.9, 0.15],
      [3.3, 0.3],
      [3.5, 1.4],
      [3.75, 4.5],
      [3.95, 9],
    ],
    tint,
    fill ? { to: fill, tint: [0.95, 0.97, 0.97], wall: 0.2 } : undefined,
  );

const [smoke, amber]: [V3, V3] = [
  [0.83, 0.84, 0.85],
  [0.96, 0.86, 0.68],
];

export const carafeFront = (): Shot => ({
  parts: carafe(),
  view: { target: [0, 13.4, 0], width: 36, pitch: 8 },
});

export const carafeDetail = (): Shot => ({
  parts: [...put(carafe(), { at: [-4, 0, -3] }), ...put(tumbler(clear, 6.4), { at: [5, 0, 5] })],
  view: { target: [0.4, 11.6, 0], width: 34, pitch: 17 },
});

export const tumblersFront = (): Shot => ({
  parts: [
    ...put(tumbler(smoke), { at: [-4.6, 0, -4] }),
    ...put(tumbler(amber), { at: [4.2, 0, -4.6] }),
    ...put(tumbler(amber), { at: [-3.9, 0, 4.4] }),
    ...put(tumbler(smoke), { at: [4.9, 0, 3.8] }),
  ],
  view: { target: [0, 3.6, 0], width: 27, pitch: 20 },
});

export const tumblersDetail = (): Shot => ({
  parts: tumbler(amber, 5),
  view: { target: [0, 4.3, 0], width: 15.5, pitch: 34 },
});
