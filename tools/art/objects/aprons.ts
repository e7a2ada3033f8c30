import { linen, metal, wood } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { joined, type Mesh, surface } from '../studio/mesh.ts';
import { cloud } from '../studio/noise.ts';
import { corners, curve, lathe, profile, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { clamp, smooth, type V3 } from '../studio/vector.ts';
import { spoon } from './kitchen-tools.ts';
import { put } from './props.ts';
import { flat } from './throws.ts';

/** The cloth of the apron from bib to hem. */
function apronAt(u: number, v: number): V3 {
  const s = clamp(u) * 2 - 1;
  const half = (9.5 + 14.5 * smooth(0.22, 0.5, v)) * (1 - 0.05 * smooth(0.5, 1, v));
  const fold =
    smooth(0.15, 1, v) *
    (1.6 * Math.sin(s * 5.2 + 0.5) + 1.1 * Math.sin(s * 11 + v * 3) + 1.6 * cloud(s * 2.5, v * 4, 1));
  return [s * half, 84 - v * 76 - 1.2 * s * s * (1 - v), 1 + fold * 0.8];
}

/** The pocket follows the cloth and stands off a little at its mouth. */
function pocket(u: number, v: number): V3 {
  const [x, y, z] = apronAt(0.5 + (clamp(u) - 0.5) * 0.5, 0.56 + 0.24 * v);
  return [x, y, z + 0.25 + 1.3 * Math.sin(Math.PI * clamp(u)) ** 0.5 * (1 - clamp(v) ** 3)];
}

function apron(): Part[] {
  const cloth = linen('#54687c', 0.26);
  const strap = (sign: number): Mesh =>
    tube(
      curve(
        [
          [sign * 8.6, 83.5, 1.2],
          [sign * 5.5, 90, 0.6],
          [sign * 1.4, 97, 0.2],
          [0, 98.4, 0.6],
        ],
        12,
      ),
      0.75,
      14,
      0.35,
    );
  const tie = (sign: number): Mesh =>
    tube(
      curve(
        [
          [sign * 22.5, 46, 1.5],
          [sign * 25, 40, 1.6],
          [sign * 24.4, 30, 1.2],
          [sign * 25.6, 20, 1.4],
        ],
        12,
      ),
      0.7,
      14,
      0.35,
    );
  return [
    { mesh: flat(surface(170, 210, apronAt), 48, 76), material: cloth },
    { mesh: flat(surface(80, 60, pocket), 24, 18), material: linen('#4d6073', 0.26) },
    {
      mesh: tube(
        Array.from({ length: 60 }, (_, i) => pocket(i / 59, 0)),
        0.3,
        10,
      ),
      material: linen('#8b6a48', 0.2),
    },
    { mesh: joined(strap(1), strap(-1), tie(1), tie(-1)), material: linen('#8b6a48', 0.2) },
    ...[-1, 1].flatMap((sign) =>
      put(
        [
          {
            mesh: lathe(profile(corners('0.9,0 0.85,0.3 0,0.4'), 5), 32),
            material: metal('#c0a468', 0.25),
          },
        ],
        { pitch: 90, at: [sign * 8, 82.2, 2] },
      ),
    ),
  ];
}

const peg = (): Part[] =>
  put(
    [
      {
        mesh: lathe(profile(corners('0,-4 1.3,-4 1.3,4 2,5 2.1,6 1.4,6.6 0,6.7'), 8), 64),
        material: wood('oak'),
      },
    ],
    { pitch: 90, at: [0, 97.6, 0.4] },
  );

export const apronFront = (): Shot => ({
  parts: [...apron(), ...peg()],
  view: { target: [0, 53, 0], width: 88, pitch: 3, wall: -5 },
});

export const apronDetail = (): Shot => ({
  parts: [
    ...apron(),
    ...put(pocketedSpoon(), { at: [-6.4, 25, apronAt(0.4, 0.57)[2] - 0.9], roll: -16, pitch: 4.5 }),
  ],
  view: { target: [0, 38, 0], width: 42, pitch: 6, yaw: -14, wall: -5 },
});

/** The lower end is inside the pocket, which lies too close to the cloth to hide it. */
function pocketedSpoon(): Part[] {
  const [shaft, bowl] = spoon('cherry');
  return [{ ...shaft!, material: { ...shaft!.material, hole: ([, y]) => y < 17 } }, bowl!];
}
