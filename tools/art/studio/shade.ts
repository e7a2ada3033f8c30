import type { Camera } from './camera.ts';
import { keyColour, keyDirection, roomColour } from './light.ts';
import type { Material, Spot } from './material.ts';
import { type Film, scan } from './raster.ts';
import { reflection } from './reflection.ts';
import type { Placed } from './render.ts';
import { clamp, dot, mix, scale, subtract, unit, type V3 } from './vector.ts';

/** Everything the colour of one sample depends on. */
type Sample = { spot: Spot; normal: V3; toEye: V3; key: number; room: number; open: number };

export function shadeSolid(film: Film, things: readonly Placed[], camera: Camera): void {
  const starts: number[] = [0];
  for (const { part } of things) starts.push(starts.at(-1)! + part.mesh.index.length / 3);
  for (let y = 0, at = 0; y < film.height; y++) {
    for (let x = 0; x < film.width; x++, at++) {
      const seen = film.seen[at]!;
      if (seen < 0) continue;
      let thing = things.length - 1;
      while (starts[thing]! > seen) thing--;
      const placed = things[thing]!;
      const [wb, wc] = weights(placed, seen - starts[thing]!, x + 0.5, y + 0.5);
      const sample = sampleAt(placed, seen - starts[thing]!, wb, wc, camera.eye);
      const [r, g, b] = lit(sample, placed.part.material);
      film.colour.set([r, g, b, 1], at * 4);
    }
  }
}

/** Glass is laid over what is behind it, farthest first. */
export function shadeClear(film: Film, things: readonly Placed[], camera: Camera, ground: V3): void {
  const all = things.flatMap((placed) =>
    Array.from({ length: placed.part.mesh.index.length / 3 }, (_, triangle) => {
      const { index } = placed.part.mesh;
      const far =
        placed.screen[index[triangle * 3]! * 3 + 2]! +
        placed.screen[index[triangle * 3 + 1]! * 3 + 2]! +
        placed.screen[index[triangle * 3 + 2]! * 3 + 2]!;
      return { placed, triangle, far };
    }),
  );
  all.sort((one, other) => other.far - one.far);
  const stamp = new Int32Array(film.width * film.height).fill(-1);
  all.forEach(({ placed, triangle }, order) => {
    const { index } = placed.part.mesh;
    const [a, b, c] = [index[triangle * 3]! * 3, index[triangle * 3 + 1]! * 3, index[triangle * 3 + 2]! * 3];
    scan(film, placed.screen, a, b, c, (at, inverse, wb, wc) => {
      if (inverse < film.depth[at]! || stamp[at] === order) return;
      stamp[at] = order;
      overlay(film, at * 4, sampleAt(placed, triangle, wb, wc, camera.eye), placed.part.material, ground);
    });
  });
}

function overlay(film: Film, at: number, sample: Sample, material: Material, ground: V3): void {
  const facing = Math.max(0.18, Math.abs(dot(sample.normal, sample.toEye)));
  const front = dot(sample.normal, sample.toEye) > 0;
  const normal = front ? sample.normal : scale(sample.normal, -1);
  const fresnel = 0.04 + 0.96 * (1 - facing) ** 5;
  const mirrored = reflection(bounce(normal, sample.toEye), material.rough);
  const strength = (front ? 1 : 0.45) * fresnel * (material.shine / 0.04);
  const wall = material.clear!.map((share) => share ** (1 / facing ** 0.9)) as unknown as V3;
  const least = Math.min(...wall);
  const alpha = film.colour[at + 3]!;
  for (let i = 0; i < 3; i++) {
    const under = film.colour[at + i]! * wall[i]! + (wall[i]! - least) * (1 - alpha) * ground[i]!;
    film.colour[at + i] = under + mirrored[i]! * strength;
  }
  const cover = 1 - (1 - alpha) * least;
  film.colour[at + 3] = Math.max(cover, Math.min(1, Math.max(...mirrored) * strength));
}

/** The colour of a solid surface under the studio's light. */
function lit(sample: Sample, material: Material): V3 {
  const { spot, toEye, key, room, open } = sample;
  const plain = dot(sample.normal, toEye) < 0 ? scale(sample.normal, -1) : sample.normal;
  const normal = material.relief ? rough(plain, spot, material) : plain;
  const colour = material.colour(spot);
  const tilt = clamp(
    (dot(normal, keyDirection) + 0.12) / (Math.max(0.12, dot(plain, keyDirection)) + 0.12),
    0.2,
    2.2,
  );
  const lifted = 1 + 0.6 * (normal[1] - plain[1]);
  const through = (material.soft ?? 0) * 0.5;
  const floor = (0.5 - 0.5 * normal[1]) * (0.25 + 0.75 * open) * 0.42;
  const facing = clamp(dot(normal, toEye));
  const fuzz = (material.fuzz ?? 0) * (1 - facing) ** 2.5 * (0.3 + open);
  const polish = 1 - (material.matt?.(spot) ?? 0);
  const fresnel =
    polish * (material.shine + (1 - material.shine) * (1 - facing) ** 5 * (1 - material.rough) ** 1.5);
  const mirrored = reflection(bounce(normal, toEye), material.rough);
  const glow = material.glow?.(spot);
  const shade = (i: 0 | 1 | 2): number => {
    const arriving =
      (key * tilt * (1 - through) + through) * keyColour[i] +
      room * lifted * roomColour[i] +
      floor * [0.95, 0.88, 0.8][i]!;
    const dull = material.metal ? 0 : colour[i] * (arriving * 0.45 + fuzz);
    const tint = material.metal ? mix([colour[i], 0, 0], [1, 0, 0], (1 - facing) ** 5)[0] : fresnel;
    const share = material.metal || fresnel > 0 ? tint * mirrored[i] * (0.25 + 0.75 * open) : 0;
    return dull * (material.metal ? 1 : 1 - fresnel * 0.6) + share + (glow?.[i] ?? 0);
  };
  return [shade(0), shade(1), shade(2)];
}

/** Tilts the normal along the slope of the relief. */
function rough(normal: V3, spot: Spot, material: Material): V3 {
  const step = material.fine ?? 0.02;
  const relief = material.relief!;
  const here = relief(spot.local, spot);
  const [x, y, z] = spot.local;
  const slope: V3 = [
    (relief([x + step, y, z], spot) - here) / step,
    (relief([x, y + step, z], spot) - here) / step,
    (relief([x, y, z + step], spot) - here) / step,
  ];
  const along = dot(slope, normal);
  return unit([
    normal[0] - slope[0] + along * normal[0],
    normal[1] - slope[1] + along * normal[1],
    normal[2] - slope[2] + along * normal[2],
  ]);
}

const bounce = (normal: V3, toEye: V3): V3 => {
  const k = 2 * dot(normal, toEye);
  return [normal[0] * k - toEye[0], normal[1] * k - toEye[1], normal[2] * k - toEye[2]];
};

function weights(
  { part, screen: p }: Placed,
  triangle: number,
  x: number,
  y: number,
): readonly [number, number] {
  const { index } = part.mesh;
  const [a, b, c] = [index[triangle * 3]! * 3, index[triangle * 3 + 1]! * 3, index[triangle * 3 + 2]! * 3];
  const area = (p[b]! - p[a]!) * (p[c + 1]! - p[a + 1]!) - (p[b + 1]! - p[a + 1]!) * (p[c]! - p[a]!);
  const wb = ((x - p[a]!) * (p[c + 1]! - p[a + 1]!) - (y - p[a + 1]!) * (p[c]! - p[a]!)) / area / p[b + 2]!;
  const wc = ((p[b]! - p[a]!) * (y - p[a + 1]!) - (p[b + 1]! - p[a + 1]!) * (x - p[a]!)) / area / p[c + 2]!;
  const wa = (1 - wb * p[b + 2]! - wc * p[c + 2]!) / p[a + 2]!;
  return [wb / (wa + wb + wc), wc / (wa + wb + wc)];
}

function sampleAt({ part, arrival }: Placed, triangle: number, wb: number, wc: number, eye: V3): Sample {
  const { index, position, normal, local, uv } = part.mesh;
  const [a, b, c] = [index[triangle * 3]!, index[triangle * 3 + 1]!, index[triangle * 3 + 2]!];
  const wa = 1 - wb - wc;
  const blend = (list: Float32Array, size: number, axis: number): number =>
    list[a * size + axis]! * wa + list[b * size + axis]! * wb + list[c * size + axis]! * wc;
  const three = (list: Float32Array): V3 => [blend(list, 3, 0), blend(list, 3, 1), blend(list, 3, 2)];
  const world = three(position);
  return {
    spot: { world, local: three(local), u: blend(uv, 2, 0), v: blend(uv, 2, 1) },
    normal: unit(three(normal)),
    toEye: unit(subtract(eye, world)),
    key: blend(arrival, 3, 0),
    room: blend(arrival, 3, 1),
    open: blend(arrival, 3, 2),
  };
}
