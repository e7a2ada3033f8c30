import { castIron, coat } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { noise } from '../studio/noise.ts';
import { corners, curve, lathe, outline, places, profile, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { paint, type V3 } from '../studio/vector.ts';
import { put } from './props.ts';

function pan(): Part[] {
  const body = lathe(
    outline(corners('0,0 10.6,0,0.8 12.9,4.4,0.3 13.5,4.9,0.25 12.8,5,0.25 10.6,0.75,1 0,0.6'), false, 0.18),
    200,
  );
  const handle = tube(
    curve(places('12.6,4.1,0 15,4.4,0 20,5.2,0 25.6,6,0 27,6.1,0 27.6,6.1,0'), 14),
    (t) => 1 * (t > 0.88 ? Math.sqrt(Math.max(0, 1 - ((t - 0.88) / 0.12) ** 2)) : 0.82 + 0.2 * t),
    30,
    1.45,
  );
  const lip = tube(
    curve(places('-12.6,4.3,-2.4 -14.6,4.4,-1.6 -15.1,4.4,0 -14.6,4.4,1.6 -12.6,4.3,2.4'), 10),
    0.62,
    20,
  );
  const ring = tube(
    Array.from(
      { length: 49 },
      (_, i): V3 => [25.3 + 0.72 * Math.cos(i * 0.1309), 6.8, 0.72 * Math.sin(i * 0.1309)],
    ),
    0.16,
    10,
  );
  return [
    { mesh: body, material: castIron() },
    { mesh: handle, material: castIron() },
    { mesh: lip, material: castIron() },
    { mesh: ring, material: coat('#161514', 0.5) },
  ];
}

function egg(seed: number): Part[] {
  const white = lathe(
    outline(corners('3.7,0 4,0.12,0.2 3.5,0.36,0.4 1.6,0.6,0.8 0,0.6'), false, 0.1),
    140,
    (angle) => 0.86 + 0.3 * noise(Math.cos(angle) * 1.3 + seed, Math.sin(angle) * 1.3, seed),
  );
  const yolk = lathe(profile(corners('1.5,0.5 1.4,0.95 0.85,1.35 0,1.5'), 10), 64);
  return [
    { mesh: white, material: { colour: () => paint('#faf6ec'), shine: 0.04, rough: 0.25, soft: 0.3 } },
    { mesh: yolk, material: { colour: () => paint('#f2a51f'), shine: 0.05, rough: 0.12, soft: 0.3 } },
  ];
}

export const panFront = (): Shot => ({
  parts: put(pan(), { yaw: 42, at: [-4.4, 0, 4.4] }),
  view: { target: [0.2, 2.6, 0], width: 43, pitch: 31 },
});

export const panDetail = (): Shot => ({
  parts: [
    ...put(pan(), { yaw: -62, at: [0, 0, -4] }),
    ...put(egg(2), { at: [-3.9, 0.7, -5.6] }),
    ...put(egg(9), { at: [4, 0.7, -2.2] }),
  ],
  view: { target: [1.6, 1, 1.6], width: 35, pitch: 60 },
});
