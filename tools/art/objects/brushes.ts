import { linen, wood } from '../studio/finishes.ts';
import type { Part } from '../studio/material.ts';
import { joined, type Mesh, surface } from '../studio/mesh.ts';
import { hash } from '../studio/noise.ts';
import { curve, places, tube } from '../studio/shapes.ts';
import type { Shot } from '../studio/stage.ts';
import { clamp, mix, paint, smooth, type V3 } from '../studio/vector.ts';
import { put } from './props.ts';

function brush(): Part[] {
  const handle = tube(
    curve(places('0,40,0.2 0,39.6,0.2 0,36,0.3 0,26,0.6 0,16,0.2 0,10,0 0,6,0'), 14),
    (t) => 0.05 + 1.2 * Math.sqrt(clamp(t * 9)) - 0.38 * smooth(0.35, 0.8, t),
    32,
    1.25,
  );
  const head = surface(110, 40, (u, v) => {
    const [a, b] = [u * Math.PI * 2, clamp(v) * Math.PI];
    return [4.1 * Math.sin(b) * Math.cos(a), 3 + 6.4 * Math.sin(b) * Math.sin(a), 1.15 * Math.cos(b)];
  });
  const loop = tube(
    curve(places('0.2,38,0.3 1.6,41.4,0.4 0.6,44.6,0.4 -0.8,44.4,0.4 -1.4,41,0.4 -0.2,38,0.3'), 12),
    0.16,
    10,
  );
  return [
    { mesh: joined(handle, head), material: wood('beech', 'y', 6) },
    { mesh: loop, material: linen('#e4dccb', 0.1) },
    {
      mesh: bristles(),
      material: {
        colour: ({ v, local: [x, y] }) =>
          mix(
            paint('#8d6f47'),
            paint('#e6d3ac'),
            clamp(v * 0.9 + 0.25 * hash(Math.round(x * 9), Math.round(y * 9), 1)),
          ),
        shine: 0,
        rough: 1,
        fuzz: 0.05,
      },
    },
  ];
}

/** Tufts in rings on the face of the brush, spreading a little. */
function bristles(): Mesh {
  const tufts: Mesh[] = [];
  for (let i = 0; i < 520; i++) {
    const r = Math.sqrt((i + 0.5) / 520) * 0.9;
    const angle = i * 2.39996;
    const [x, y] = [4.1 * r * Math.cos(angle), 3 + 6.4 * r * Math.sin(angle)];
    const [lean, tall] = [0.5 * r, 3 + 0.5 * hash(i, 1, 1)];
    const tip: V3 = [
      x + lean * Math.cos(angle) + 0.3 * (hash(i, 2, 2) - 0.5),
      y + lean * Math.sin(angle) + 0.3 * (hash(i, 3, 3) - 0.5),
      tall + 0.9,
    ];
    tufts.push(
      tube(
        [[x, y, 0.6], [(x + tip[0]) / 2, (y + tip[1]) / 2, 0.5 * tall + 0.6], tip],
        (t) => 0.17 - 0.05 * t,
        6,
      ),
    );
  }
  return joined(...tufts);
}

export const brushFront = (): Shot => ({
  parts: put(put(brush(), { pitch: -90 }), { yaw: -36, at: [-12, 1.2, 14.6] }),
  view: { target: [0, 1, 0], width: 37, pitch: 58 },
});

export const brushDetail = (): Shot => ({
  parts: put(put(brush(), { pitch: -90, yaw: 180 }), { yaw: -30, at: [2.4, 1.2, -4.6] }),
  view: { target: [0, 2.4, 1], width: 25, pitch: 34 },
});
