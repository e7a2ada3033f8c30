import { wood, wool } from '../studio/finishes.ts';
import type { Part, Spot } from '../studio/material.ts';
import { joined, type Mesh, surface } from '../studio/mesh.ts';
import { cloud, noise } from '../studio/noise.ts';
import { corners, curve, lathe, profile, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { clamp, mix, paint, smooth, type V3 } from '../studio/vector.ts';
import { foldedSquare } from './folds.ts';
import { put } from './props.ts';

/** Keeps the flat measure of a cloth as its own frame, so that weave and pattern follow the folds. */
export const flat = (mesh: Mesh, width: number, height: number): Mesh => ({
  ...mesh,
  local: mesh.local.map((_, i) => {
    const corner = Math.floor(i / 3) * 2;
    return i % 3 === 0 ? mesh.uv[corner]! * width : i % 3 === 1 ? mesh.uv[corner + 1]! * height : 0;
  }),
});

const [forest, cream, moss] = [paint('#3f5d4d'), paint('#e9e1d0'), paint('#7f9281')];

const check = ({ local: [x, y, z] }: Spot): V3 => {
  const b = y + z;
  const stripe = (t: number): number => {
    const p = ((t % 12) + 12) % 12;
    return p < 5 ? 1 : p > 8 && p < 9 ? 0.5 : 0;
  };
  const sum = stripe(x + 3) + stripe(b + 5);
  return sum > 1.2 ? forest : sum > 0.8 ? moss : sum > 0.3 ? mix(cream, moss, 0.5) : cream;
};

const throwWidth = 52;

function drape(u: number, v: number): V3 {
  const x = (u - 0.5) * throwWidth;
  const hang = v * 78 - 26;
  const fold =
    (0.5 + 0.5 * smooth(0, 50, Math.abs(hang))) *
    (1.5 * Math.sin(x * 0.3 + 0.6 * Math.sin(hang * 0.05)) + 1.1 * cloud(x * 0.12, hang * 0.03, 2));
  const narrow = 1 - 0.1 * smooth(0, 50, hang) + 0.03 * Math.sin(hang * 0.1);
  const over = clamp(hang / 3.2, -1, 1);
  const angle = (over * Math.PI) / 2;
  return [
    x * narrow,
    62 + 2 * Math.cos(angle) - Math.max(0, Math.abs(hang) - 3.2),
    2 * Math.sin(angle) + (hang > 0 ? fold * smooth(2, 12, hang) : -fold * 0.3),
  ];
}

function fringe(): Mesh {
  const strands = Array.from({ length: 62 }, (_, i) => {
    const u = (i + 0.5) / 62;
    const [x, y, z] = drape(u, 1);
    const lean = (noise(i * 2.7, 1, 1) - 0.5) * 1.4;
    return tube(
      curve(
        [
          [x, y + 0.4, z],
          [x + lean * 0.3, y - 2, z + 0.1],
          [x + lean, y - 4.6 - noise(i * 1.9, 5, 0), z + 0.2],
        ],
        5,
      ),
      (t) => 0.3 + 0.08 * Math.sin(t * 9),
      8,
    );
  });
  return joined(...strands);
}

function hangingThrow(): Part[] {
  const rail = tube(
    [
      [-36, 61.8, 0],
      [-10, 61.8, 0],
      [10, 61.8, 0],
      [36, 61.8, 0],
    ],
    1.7,
    40,
  );
  const knobs = [-36, 36].flatMap((x) =>
    put(
      [
        {
          mesh: lathe(profile(corners('1.7,0 2.2,0.4 2.2,1.2 1.2,1.8 0,1.9'), 6), 40),
          material: wood('oak'),
        },
      ],
      { roll: x > 0 ? -90 : 90, at: [x, 61.8, 0] },
    ),
  );
  return [
    { mesh: rail, material: wood('oak', 'x') },
    ...knobs,
    { mesh: flat(surface(240, 300, drape), throwWidth, 78), material: wool(check) },
    { mesh: fringe(), material: wool(() => cream) },
  ];
}

export const throwFront = (): Shot => ({
  parts: hangingThrow(),
  view: { target: [0, 36, 0], width: 82, pitch: 3, wall: -9 },
});

function foldedThrow(): Part[] {
  const strands = Array.from({ length: 44 }, (_, i) => {
    const x = -20.5 + (41 * i) / 43;
    const lean = (noise(i * 3.1, 2, 1) - 0.5) * 1.2;
    return tube(
      curve(
        [
          [x, 12.6, 12.6],
          [x + lean * 0.2, 12.7, 14.4],
          [x + lean * 0.6, 11.6, 15.5],
          [x + lean, 9.2 - noise(i * 1.7, 0, 0), 15.7],
        ],
        6,
      ),
      0.3,
      8,
    );
  });
  return [
    ...foldedSquare(44, 29, 2.7, 5, wool(check), 4),
    { mesh: joined(...strands), material: wool(() => cream) },
  ];
}

export const throwDetail = (): Shot => ({
  parts: put(foldedThrow(), { yaw: 24 }),
  view: { target: [1, 6, 2], width: 54, pitch: 24 },
});
