import { coat, dipped, glaze, wood } from '../studio/finishes.ts';
import type { Material, Part } from '../studio/material.ts';
import { joined, type Mesh } from '../studio/mesh.ts';
import { corners, curve, lathe, outline, places, profile, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { paint } from '../studio/vector.ts';
import { disc, put } from './props.ts';

const mugBody = (): Mesh =>
  lathe(
    outline(
      corners(
        '0,0.2 3.2,0.2,0.2 3.4,0,0.1 3.9,0,0.3 4.3,0.9,0.9 4.3,9.4,0.16 3.95,9.4,0.16 3.9,1.2,1.2 0,0.8',
      ),
    ),
  );

function mug(glazed: Material = dipped('#b9c8bb', '#b9764c', 2.1, 0.35)): Part[] {
  const handle = tube(
    curve(places('3.9,7.9,0 5.6,8,0 7,6.9,0 7.05,4.9,0 5.8,3.3,0 4,2.9,0'), 14),
    0.5,
    24,
    1.35,
  );
  return [
    { mesh: mugBody(), material: glazed },
    {
      mesh: handle,
      material: {
        ...glazed,
        matt: () => 0,
        colour: (spot) => glazed.colour({ ...spot, local: [spot.local[0], 6, spot.local[2]] }),
      },
    },
  ];
}

const coffee = (): Part => ({
  mesh: disc(3.93, 7.9),
  material: { colour: () => paint('#2a1509'), shine: 0.05, rough: 0.05 },
});

export const mugFront = (): Shot => ({
  parts: put(mug(), { yaw: 14, at: [-1.2, 0, 0] }),
  view: { target: [0, 5.1, 0], width: 19, pitch: 13 },
});

export const mugDetail = (): Shot => ({
  parts: [
    ...put([...mug(), coffee()], { yaw: -30, at: [-3.4, 0, 3.2] }),
    ...put(mug(dipped('#d9cbb4', '#b9764c', 2.1, 0.35)), { yaw: 40, at: [4.6, 0, -4.4] }),
  ],
  view: { target: [0.6, 3.8, 0], width: 23, pitch: 40 },
});

function teapot(): Part[] {
  const glazed = glaze('#a5533a', { speckle: 0.25 });
  const body = lathe(
    profile(
      corners('0,0.3 4.4,0.3 4.8,0 5.4,0.1 7.6,2.2 8.6,5.4 7.9,8.6 5.6,10.9 3.9,11.6 3.7,11.3 3.6,10'),
      10,
    ),
    160,
  );
  const lid = lathe(profile(corners('4,11.4 4.25,11.75 3.4,12.25 1.6,12.8 0.9,12.95 0,13'), 10));
  const knob = lathe(profile(corners('0.55,12.8 0.6,13.3 1.15,13.9 1.2,14.5 0.7,15 0,15.1'), 8), 64);
  const spout = tube(
    curve(places('5.8,3.6,0 9.2,4.6,0 11,7.4,0 12.6,10.2,0 13.3,10.9,0'), 14),
    (t) => 2.1 - 1.3 * t ** 0.75,
    36,
  );
  const mouth = tube(
    [
      [13.2, 10.8, 0],
      [13.32, 10.93, 0],
    ],
    (t) => 0.8 - t * 0.8,
    36,
  );
  const handle = tube(
    curve(places('-6.6,9.2,0 -9.6,10.4,0 -12.2,8.6,0 -12.3,5.4,0 -9.8,3.2,0 -7.4,2.8,0'), 14),
    0.62,
    28,
    1.2,
  );
  return [
    { mesh: joined(body, spout, handle), material: glazed },
    { mesh: lid, material: glazed },
    { mesh: mouth, material: coat('#3a1a10', 0.8, 0) },
    { mesh: knob, material: wood('oak') },
  ];
}

function cup(): Part[] {
  const shell = lathe(
    profile(corners('0,0.3 2,0.3 2.1,0 2.5,0 3.6,1.6 4.2,4 4.3,5.6 4.1,5.6 3.95,4 3.3,1.8 0,0.9'), 8),
  );
  return [
    { mesh: shell, material: glaze('#ece7dc', { speckle: 0.6 }) },
    { mesh: disc(4.02, 4.7), material: { colour: () => paint('#8a4a16'), shine: 0.06, rough: 0.05 } },
  ];
}

export const teapotFront = (): Shot => ({
  parts: put(teapot(), { yaw: 16, at: [-0.4, 0, 0] }),
  view: { target: [0, 6.6, 0], width: 36, pitch: 13 },
});

export const teapotDetail = (): Shot => ({
  parts: [...put(teapot(), { yaw: -38, at: [-3, 0, -3] }), ...put(cup(), { at: [8.6, 0, 8.6] })],
  view: { target: [0.6, 5, 0], width: 36, pitch: 30 },
});
