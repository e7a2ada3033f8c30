import { earth, wood } from '../studio/finishes.ts';
import type { Material, Part } from '../studio/material.ts';
import { joined, type Mesh, surface } from '../studio/mesh.ts';
import { hash, noise } from '../studio/noise.ts';
import { corners, curve, lathe, outline, places, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { add, clamp, cross, mix, paint, scale, unit, type V3 } from '../studio/vector.ts';
import { put } from './props.ts';
import { vase } from './vases.ts';

type Leaf = {
  readonly foot: V3;
  readonly ahead: V3;
  readonly long: number;
  readonly wide: number;
  readonly droop: number;
};

/** Both faces of a leaf: pointed, folded along its rib, bending down towards the tip. */
function leaf({ foot, ahead, long, wide, droop }: Leaf): Mesh {
  const forward = unit(ahead);
  const side = unit(cross(forward, [0.01, 1, 0.02]));
  const up = cross(side, forward);
  const face = (back: number): Mesh =>
    surface(
      10,
      22,
      (u, v) => {
        const [s, t] = [u * 2 - 1, clamp(v)];
        const half = wide * Math.sin(Math.PI * t ** 0.8) ** 0.8 * (1 - 0.25 * t);
        const rise = 0.28 * Math.abs(s) * half - droop * t * t - back * 0.05;
        return add(add(foot, scale(forward, t * long)), add(scale(side, s * half), scale(up, rise)));
      },
      back > 0,
    );
  return joined(face(0), face(1));
}

const green = (hex: string): Material => ({
  colour: ({ u, v }) =>
    scale(
      mix(paint(hex), paint('#c3d19b'), Math.abs(u - 0.5) < 0.035 ? 0.5 : 0),
      0.85 + 0.2 * noise(u * 5, v * 9, 3),
    ),
  shine: 0.04,
  rough: 0.42,
  soft: 0.5,
});

function branch(): Part[] {
  const stem = curve(places('0,10,0 0.4,22,0.2 1.8,30,0.4 5,38,0 8.4,43,-0.6'), 14);
  const twig = curve(places('1,27,0.3 -2.4,32,1 -5.4,35.4,1.6'), 14);
  const leaves = [...along(stem, 24, 56, 3.2, 1), ...along(twig, 8, 28, 3.2, 4)];
  return [
    {
      mesh: joined(
        tube(stem, (t) => 0.3 - 0.16 * t, 12),
        tube(twig, (t) => 0.2 - 0.1 * t, 10),
      ),
      material: wood('walnut'),
    },
    { mesh: joined(...leaves.map(leaf)), material: green('#86a676') },
  ];
}

/** Leaves on alternating sides of a stem. */
function along(stem: readonly V3[], from: number, to: number, every: number, seed: number): Leaf[] {
  const leaves: Leaf[] = [];
  for (let i = from, side = 1; i < to + 1; i += every, side = -side) {
    const at = stem[Math.min(stem.length - 1, Math.round(i))]!;
    const last = i + every > to;
    const turn = side * (0.9 + 0.4 * hash(Math.round(i), seed, 1));
    const ahead: V3 = last ? [0.7, 0.7, 0] : [turn, 0.55, 0.9 * (hash(Math.round(i), seed, 2) - 0.4)];
    leaves.push({ foot: at, ahead, long: 5.4 + 1.6 * hash(Math.round(i), seed, 3), wide: 2.1, droop: 0.9 });
  }
  return leaves;
}

export const vaseFront = (): Shot => ({
  parts: [...vase('#c58f78'), ...branch()],
  view: { target: [0.8, 22.4, 0], width: 47, pitch: 8 },
});

function pot(size = 1): Part[] {
  const body = lathe(
    outline(
      corners(
        '0,1.2 5.6,1.2,0.4 7.9,12.4 8,12.5,0.1 8.9,12.5,0.2 9.4,16.6,0.3 8.7,16.7,0.3 8,13,0.6 7.1,11 6.2,7',
      ),
      false,
      0.16,
    ),
    160,
  );
  const saucer = lathe(
    outline(corners('0,0 6.8,0,0.3 8.2,2.2,0.2 7.7,2.3,0.2 6.6,0.9,0.4 0,0.9'), false, 0.14),
    140,
  );
  return put([{ mesh: joined(body, saucer), material: earth('#bd6b45') }], { size });
}

const soil = (): Part => ({
  mesh: lathe(
    outline(
      [
        [8.2, 14.2],
        [0, 14.6],
      ],
      false,
      0.2,
    ),
    90,
  ),
  material: {
    colour: ({ local: [x, y, z] }) => scale(paint('#3a2a20'), 0.6 + 0.8 * noise(x * 4, y * 4, z * 4)),
    shine: 0,
    rough: 1,
    relief: ([x, y, z]) => 0.2 * noise(x * 3, y * 3, z * 3),
    fine: 0.08,
  },
});

function plant(): Part[] {
  const leaves: Mesh[] = [];
  const stems: Mesh[] = [];
  for (let i = 0; i < 19; i++) {
    const angle = i * 2.39996 + 0.4;
    const out = 0.25 + 0.75 * ((i % 19) / 18);
    const top = 17 + 13 * (1 - out * 0.72) + 2 * hash(i, 1, 1);
    const reach = 2 + 7 * out;
    const foot: V3 = [Math.cos(angle) * 1.6 * out, 14.2, Math.sin(angle) * 1.6 * out];
    const end: V3 = [Math.cos(angle) * reach, top, Math.sin(angle) * reach];
    stems.push(tube(curve([foot, [end[0] * 0.45, (14 + top) / 2 + 2, end[2] * 0.45], end], 8), 0.2, 8));
    leaves.push(
      leaf({
        foot: end,
        ahead: [Math.cos(angle), 0.55 - 0.45 * out, Math.sin(angle)],
        long: 8.6 + 1.6 * hash(i, 2, 2),
        wide: 2.9,
        droop: 2.6,
      }),
    );
  }
  return [
    { mesh: joined(...stems), material: green('#6f8a53') },
    { mesh: joined(...leaves), material: green('#6a9a60') },
  ];
}

export const potFront = (): Shot => ({
  parts: [...pot(), soil(), ...plant()],
  view: { target: [0, 17.4, 0], width: 46, pitch: 14 },
});

export const potDetail = (): Shot => ({
  parts: [
    ...put(pot(), { at: [-4.4, 0, -4] }),
    ...put(pot(0.62), { at: [9.4, 0, 1.4] }),
    ...put(pot(0.44), { at: [2.4, 0, 10] }),
  ],
  view: { target: [0.6, 6, 1], width: 37, pitch: 26 },
});
