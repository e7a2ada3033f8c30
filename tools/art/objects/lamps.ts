import type { Camera } from '../studio/camera.ts';
import { coat, glass, glaze, metal, paper } from '../studio/finishes.ts';
import type { Material, Part } from '../studio/material.ts';
import { joined, type Mesh } from '../studio/mesh.ts';
import { box, corners, lathe, outline, profile, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { scale, type V3 } from '../studio/vector.ts';
import { flame, wax } from './candles.ts';
import { notebook } from './paper.ts';
import { put } from './props.ts';

function lamp(): Part[] {
  const foot = lathe(
    profile(
      corners('0,0 6,0 6.3,0.5 6,1.3 4.4,2 4.6,3.4 7.6,7 8.6,11 7.6,15.4 4.6,18.6 2.6,20.6 2.2,22.4 0,22.5'),
      12,
    ),
    170,
  );
  const neck = lathe(
    outline(corners('0.9,22.3 1.3,22.4,0.1 1.3,23.4,0.1 0.7,23.6,0.2 0.7,27.5 1.2,27.7'), false, 0.1),
    60,
  );
  const shade = (out: number): Mesh =>
    lathe(
      outline(corners('15,25.4 14.9,25.6 10.2,44 10.1,44.2'), false, 0.25).map(
        ([r, y]) => [r - out, y] as const,
      ),
      300,
      (angle) => 1 + 0.011 * Math.cos(angle * 60),
    );
  const lit: Material = {
    ...paper('#efe0c4'),
    glow: ({ local: [x, y, z] }) =>
      scale(
        [1, 0.74, 0.43],
        0.62 * Math.exp(-(((y - 33) / 8) ** 2)) * (0.86 + 0.14 * Math.cos(Math.atan2(z, x) * 60)),
      ),
    soft: 0.4,
  };
  const rims = (
    [
      [14.95, 25.5],
      [10.15, 44.1],
    ] as const
  ).map(
    ([r, y]): Part => ({
      mesh: tube(
        Array.from({ length: 121 }, (_, i): V3 => [r * Math.cos(i * 0.05236), y, r * Math.sin(i * 0.05236)]),
        0.28,
        12,
      ),
      material: { ...paper('#d9c6a4'), glow: () => [0.12, 0.08, 0.04] },
    }),
  );
  return [
    { mesh: foot, material: glaze('#4e6b5b', { speckle: 0.15 }) },
    { mesh: neck, material: metal('#c0a060', 0.2) },
    { mesh: shade(0), material: lit, blocks: 0.55 },
    ...rims,
  ];
}

const halo =
  (centre: V3, radius: number, strength: number) =>
  (camera: Camera): string => {
    const [x, y] = camera.project(centre);
    const id = `h${Math.round(x)}`;
    return `<defs><radialGradient id="${id}"><stop offset="0" stop-color="#ffdca4" stop-opacity="${strength}"/><stop offset="0.5" stop-color="#ffcf8c" stop-opacity="${strength * 0.35}"/><stop offset="1" stop-color="#ffc77d" stop-opacity="0"/></radialGradient></defs><circle cx="${x}" cy="${y}" r="${radius * camera.pixelsPerCentimetre}" fill="url(#${id})"/>`;
  };

export const lampFront = (): Shot => ({
  parts: lamp(),
  view: { target: [0, 22.4, 0], width: 57, pitch: 7 },
  over: halo([0, 33, 0], 30, 0.5),
  dusk: 0.05,
});

export const lampDetail = (): Shot => ({
  parts: [
    ...put(lamp(), { at: [-7, 0, -4] }),
    ...put(notebook('#a4553d'), { at: [11, 0, 9], yaw: 24 }),
    ...put(notebook('#d9cbb0'), { at: [11.3, 1.85, 9.2], yaw: 8 }),
  ],
  view: { target: [0, 17, 0], width: 54, pitch: 16 },
  over: halo([-7, 33, -4], 34, 0.55),
  dusk: 0.42,
});

function lantern(): Part[] {
  const black = coat('#2a2a29', 0.45, 0.05);
  const bar = (w: number, h: number, d: number, at: V3): Mesh =>
    put([{ mesh: box(w, h, d, 0.18, 14), material: black }], { at })[0]!.mesh;
  const half = 7;
  const posts = [-half, half].flatMap((x) => [-half, half].map((z) => bar(0.9, 20, 0.9, [x, 1.6, z])));
  const rails = [1.4, 20.8].flatMap((y) =>
    [-half, half].flatMap((side) => [bar(14.6, 0.9, 0.9, [0, y, side]), bar(0.9, 0.9, 14.6, [side, y, 0])]),
  );
  const mid = [-half, half].flatMap((side) => [
    bar(0.5, 19, 0.4, [0, 1.8, side]),
    bar(0.4, 19, 0.5, [side, 1.8, 0]),
  ]);
  const roof = lathe(
    outline(
      corners(
        '0,21.4 12.4,21.4,0.2 12.6,21.9,0.3 6,26.4,1.4 3.6,27.2,0.5 3.6,29.2,0.4 4.6,29.5,0.3 3.8,30.6,0.6 0,31',
      ),
      false,
      0.2,
    ),
    4 * 40,
    (angle) => {
      const a = ((angle + Math.PI / 4) % (Math.PI / 2)) - Math.PI / 4;
      return 0.72 / Math.max(0.72, Math.cos(a));
    },
  );
  const ring = tube(
    Array.from(
      { length: 61 },
      (_, i): V3 => [3.1 * Math.sin(i * 0.10472), 33.4 + 3.1 * Math.cos(i * 0.10472), 0],
    ),
    0.32,
    14,
  );
  const pane = (turn: number): Part => ({
    mesh: put([{ mesh: box(13.2, 19, 0.14, 0.05, 8), material: black }], { at: [0, 1.9, half], yaw: 0 })[0]!
      .mesh,
    material: glass([0.97, 0.975, 0.97]),
    blocks: 0.05 * turn,
  });
  const panes = [0, 90, 180, 270].flatMap((yaw) => put([pane(1)], { yaw }));
  return [
    { mesh: joined(bar(17, 1.4, 17, [0, 0, 0]), ...posts, ...rails, ...mid), material: black },
    { mesh: put([{ mesh: roof, material: black }], { yaw: 0 })[0]!.mesh, material: black },
    { mesh: ring, material: black },
    {
      mesh: lathe(outline(corners('0,1.4 3.4,1.4,0.1 3.4,9,0.4 2.6,9.1,0.3 0,8.7'), false, 0.16)),
      material: wax('#f3ead9', 9.4, 0.6),
    },
    ...panes,
  ];
}

export const lanternFront = (): Shot => ({
  parts: put(lantern(), { yaw: 22 }),
  view: { target: [0, 17.6, 0], width: 48, pitch: 9 },
  over: flame([0.3, 8.8, 0], 3.6),
  dusk: 0.1,
});

export const lanternDetail = (): Shot => ({
  parts: put(lantern(), { yaw: -27 }),
  view: { target: [0, 16.6, 0], width: 36, pitch: 21 },
  over: flame([0, 8.8, 0], 3.4),
  dusk: 0.3,
});
