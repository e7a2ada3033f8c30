import { coat, glass, paper } from '../studio/finishes.ts';
import type { Part, Spot } from '../studio/material.ts';
import { joined, surface } from '../studio/mesh.ts';
import { corners, curve, lathe, outline, places, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { paint, scale, smooth, type V3 } from '../studio/vector.ts';
import { put } from './props.ts';

/** A paper label around a round body: a leaf above three lines, so that no fonts are needed. */
export function label(radius: number, bottom: number, height: number, spread: number, hex = '#f4eee1'): Part {
  const mesh = surface(
    90,
    40,
    (u, v) => {
      const angle = Math.PI / 2 + (0.5 - u) * spread;
      return [radius * Math.cos(angle), bottom + v * height, radius * Math.sin(angle)];
    },
    true,
  );
  const [ink, green] = [paint('#3a3630'), paint('#5f7a66')];
  const print = ({ u, v }: Spot): V3 | null => {
    const [x, y] = [(u - 0.5) * spread * radius, (v - 0.5) * height];
    const bar = (at: number, half: number, thick: number): boolean =>
      Math.abs(y - at * height) < thick && Math.abs(x) < half;
    const leaf =
      Math.abs(x) < 0.42 * Math.cos(((y - 0.24 * height) / (0.13 * height)) * 1.5708) &&
      Math.abs(y - 0.24 * height) < 0.13 * height;
    if (leaf && Math.abs(x) > 0.03) return green;
    if (bar(-0.04, radius * 0.4, 0.13) || bar(-0.2, radius * 0.28, 0.06) || bar(-0.27, radius * 0.22, 0.06))
      return ink;
    return Math.abs(Math.abs(x) - (spread * radius) / 2) < 0.14 || Math.abs(Math.abs(y) - height / 2) < 0.14
      ? scale(paint(hex), 0.98)
      : null;
  };
  return { mesh, material: paper(hex, print), blocks: 0.5 };
}

const amberWall: V3 = [0.66, 0.36, 0.12];

function bottle(): Part[] {
  const wall = outline(corners('0,0.1 3.5,0,0.6 3.9,0.6,0.6 3.9,11.4,2.2 1.7,14,1.6 1.6,15.6'), false, 0.12);
  const inner = outline(
    corners('0,0.4 3.4,0.4,0.5 3.78,0.9,0.5 3.78,11.3,2.2 1.55,13.9,1.6 1.45,15'),
    false,
    0.14,
  );
  return [
    { mesh: lathe(wall), material: { ...glass(amberWall), shine: 0.055 }, blocks: 0.75 },
    {
      mesh: lathe(inner),
      material: {
        colour: ({ local: [, y] }) => scale(paint('#e79f55'), 0.3 + 0.022 * y + 0.12 * smooth(9.4, 12, y)),
        shine: 0,
        rough: 1,
        soft: 0.3,
      },
    },
    label(3.97, 3.2, 6, 2.5),
  ];
}

function pump(): Part[] {
  const black = coat('#262524', 0.38, 0.05);
  const collar = lathe(
    outline(corners('2,14.6 2.1,14.6,0.1 2.1,17.1,0.3 0.9,17.4,0.2 0.8,18,0.2 0,18'), false, 0.1),
    96,
    (angle, y) => 1 + 0.012 * smooth(16.9, 16.4, y) * Math.cos(angle * 40),
  );
  const stem = tube(
    [
      [0, 17.6, 0],
      [0, 18.6, 0],
      [0, 19.4, 0],
      [0, 20.2, 0],
    ],
    0.45,
    28,
  );
  const head = lathe(outline(corners('0,19.8 1.15,19.8,0.2 1.25,21.1,0.3 0,21.3'), false, 0.1), 64);
  const beak = tube(
    curve(places('0.4,20.6,0 2.6,20.6,0 4,20.3,0 4.5,19.3,0'), 10),
    (t) => 0.56 - 0.2 * t,
    24,
  );
  return [{ mesh: joined(collar, stem, head, beak), material: black }];
}

const cap = (): Part[] => [
  {
    mesh: lathe(
      outline(corners('1.95,14.5 2,14.5,0.1 2,17,0.35 0,17.1'), false, 0.1),
      160,
      (angle) => 1 + 0.014 * Math.cos(angle * 44),
    ),
    material: coat('#262524', 0.4, 0.05),
  },
];

export const handWashFront = (): Shot => ({
  parts: put([...bottle(), ...put(pump(), { yaw: -20 })], { yaw: -8 }),
  view: { target: [0.5, 10.4, 0], width: 26, pitch: 9 },
});

export const handWashDetail = (): Shot => ({
  parts: [
    ...put([...bottle(), ...put(pump(), { yaw: -34 })], { yaw: 10, at: [-4, 0, 1.6] }),
    ...put([...bottle(), ...cap()], { yaw: 18, at: [4.8, 0, -4] }),
  ],
  view: { target: [0.3, 9, 0], width: 27, pitch: 22 },
});
