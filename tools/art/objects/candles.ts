import type { Camera } from '../studio/camera.ts';
import { coat, metal, wood } from '../studio/finishes.ts';
import type { Material, Part } from '../studio/material.ts';
import { noise } from '../studio/noise.ts';
import { box, corners, lathe, outline, profile } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { paint, scale, type V3 } from '../studio/vector.ts';
import { label } from './bottles.ts';
import { vessel } from './glassware.ts';
import { put } from './props.ts';

/** Wax near a flame is lit from within. */
export const wax = (hex: string, top: number, warmth = 0.5): Material => ({
  colour: ({ local: [x, y, z] }) => scale(paint(hex), 0.95 + 0.08 * noise(x, y, z)),
  shine: 0.03,
  rough: 0.45,
  soft: 0.5,
  glow: ({ local: [x, y, z] }) =>
    scale(
      [1, 0.62, 0.28],
      warmth * Math.exp(-(top - y) / 2.6) * (0.55 + 0.45 * Math.exp(-(x * x + z * z) / 9)),
    ),
});

/** A flame on its wick with the glow around it; `tall` in centimetres. */
export function flame(foot: V3, tall: number): (camera: Camera) => string {
  return (camera) => {
    const [x, y] = camera.project(foot);
    const k = camera.pixelsPerCentimetre * tall;
    const drop = (width: number, height: number, fill: string): string =>
      `<path d="M${x} ${y - k * height} C${x + k * width * 0.35} ${y - k * height * 0.62} ${x + k * width} ${y - k * height * 0.36} ${x + k * width * 0.7} ${y - k * 0.09} Q${x} ${y + k * 0.06} ${x - k * width * 0.7} ${y - k * 0.09} C${x - k * width} ${y - k * height * 0.36} ${x - k * width * 0.2} ${y - k * height * 0.62} ${x} ${y - k * height} Z" fill="${fill}"/>`;
    const id = `f${Math.round(x)}x${Math.round(y)}`;
    return `<defs><radialGradient id="${id}g"><stop offset="0" stop-color="#ffd28a" stop-opacity="0.62"/><stop offset="0.35" stop-color="#ffc477" stop-opacity="0.22"/><stop offset="1" stop-color="#ffb765" stop-opacity="0"/></radialGradient>
<linearGradient id="${id}o" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#ffb648" stop-opacity="0.75"/><stop offset="0.55" stop-color="#ffd472"/><stop offset="0.86" stop-color="#ffdc94"/><stop offset="1" stop-color="#8fb0e6" stop-opacity="0.7"/></linearGradient>
<filter id="${id}b" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${k * 0.022}"/></filter></defs>
<circle cx="${x}" cy="${y - k * 0.5}" r="${k * 3.6}" fill="url(#${id}g)"/>
<path d="M${x} ${y + k * 0.1} q${-k * 0.03} ${-k * 0.14} ${k * 0.02} ${-k * 0.26}" stroke="#2c1d12" stroke-width="${k * 0.055}" fill="none" stroke-linecap="round"/>
<g filter="url(#${id}b)">${drop(0.2, 1, `url(#${id}o)`)}${drop(0.12, 0.66, '#fff6dc')}</g>`;
  };
}

function candle(): Part[] {
  const pool = lathe(outline(corners('4.15,6.9 3.9,6.75,0.2 0,6.72'), false, 0.12));
  return [
    ...vessel(
      [
        [0, 0.15],
        [3.7, 0.1],
        [4.2, 0.35],
        [4.45, 1.4],
        [4.5, 5],
        [4.5, 10],
      ],
      [0.96, 0.965, 0.955],
    ),
    {
      mesh: lathe(outline(corners('0,1.2 4,1.2,0.5 4.25,1.8,0.4 4.28,6.95 4.15,6.9'), false, 0.14)),
      material: wax('#f1e4cd', 7.2, 0.4),
    },
    { mesh: pool, material: { ...wax('#f6e3bd', 7, 0.55), rough: 0.08, shine: 0.05 } },
    label(4.56, 2.3, 3.4, 1.25, '#fbf7ee'),
  ];
}

export const candleFront = (): Shot => ({
  parts: candle(),
  view: { target: [0, 6.2, 0], width: 21, pitch: 13 },
  over: flame([0, 6.9, 0], 3.7),
  dusk: 0.07,
});

export const candleDetail = (): Shot => ({
  parts: [...put(candle(), { yaw: -20, at: [-1.6, 0, -1] }), ...matches()],
  view: { target: [0, 4.2, 0], width: 19, pitch: 44 },
  over: flame([-1.6, 6.8, -1], 3.1),
  dusk: 0.07,
});

function matches(): Part[] {
  return [
    [4.4, 5.2, 30],
    [5.6, 3.6, 52],
    [3.4, 6.6, 74],
  ].flatMap(([x, z, yaw]) =>
    put(
      [
        { mesh: box(5, 0.28, 0.28, 0.06), material: wood('ash', 'x') },
        ...put(
          [
            {
              mesh: lathe(profile(corners('0,-0.32 0.22,-0.15 0.22,0.15 0,0.32'), 6), 24),
              material: coat('#8f3b2a', 0.8, 0),
            },
          ],
          { at: [2.5, 0.16, 0], roll: 90 },
        ),
      ],
      { at: [x!, 0, z!], yaw: yaw! },
    ),
  );
}

function taper(tall: number): Part[] {
  const brass = metal('#f2c27c', 0.26);
  const holder = lathe(
    outline(
      corners(
        '0,0.3 3.2,0.3,0.1 3.3,0,0.1 3.9,0.1,0.2 4,0.9,0.3 3.3,0.9,0.4 1.1,1.2,0.9 0.8,2.6,0.6 1.5,3.3,0.4 1.5,4.8,0.2 1.15,4.9,0.1 1.1,4.2',
      ),
      false,
      0.1,
    ),
    120,
  );
  const stick = lathe(
    profile(
      [
        [1.08, 4.2],
        [1.06, 6],
        [0.92, 4.6 + tall * 0.7],
        [0.8, 4.6 + tall * 0.95],
        [0.6, 4.6 + tall],
        [0.1, 4.7 + tall],
        [0, 4.72 + tall],
      ],
      12,
    ),
    60,
  );
  return [
    { mesh: holder, material: brass },
    { mesh: stick, material: wax('#efc27c', 4.8 + tall, 0.5) },
  ];
}

const trio = [
  [-7, -1.5, 22],
  [0, 2.4, 27],
  [6.8, -2.2, 17.5],
] as const;

export const tapersFront = (): Shot => ({
  parts: trio.flatMap(([x, z, tall]) => put(taper(tall), { at: [x, 0, z] })),
  view: { target: [0, 16, 0], width: 37, pitch: 10 },
  over: (camera) => trio.map(([x, z, tall]) => flame([x, 4.7 + tall, z], 2.9)(camera)).join(''),
  dusk: 0.1,
});

export const tapersDetail = (): Shot => ({
  parts: [...put(taper(22), { at: [-2.4, 0, 1.4] }), ...put(taper(15), { at: [6, 0, -6.6] })],
  view: { target: [0.4, 4, 0], width: 21, pitch: 36 },
});
