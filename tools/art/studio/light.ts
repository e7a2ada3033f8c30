import type { Mesh } from './mesh.ts';
import { add, dot, frame, scale, unit, type V3 } from './vector.ts';

/** One light for the whole shop: a large soft box at the upper left front, in a white room. */
export const keyDirection: V3 = unit([-0.72, 0.95, 0.62]);
export const keyColour: V3 = [1.85, 1.79, 1.69];
export const roomColour: V3 = [0.98, 0.99, 1.02];
const keyRadius = 0.3;
const keySamples = 52;
const roomSamples = 96;
const mapSize = 300;

type Lamp = { readonly direction: V3; readonly share: number; readonly key: boolean };
type DepthMap = { readonly right: V3; readonly up: V3; readonly depth: Float32Array };

export type Blocker = {
  readonly mesh: Mesh /** 1 is opaque, 0 lets all light through. */;
  readonly blocks: number;
};
/** How much light arrives, each about 1 on an open, upward surface. */
export type Arrival = { readonly key: number; readonly room: number; readonly open: number };
export type Light = (p: V3, normal: V3) => Arrival;

const lamps = arrange();

function arrange(): Lamp[] {
  const golden = Math.PI * (3 - Math.sqrt(5));
  const [right, up] = frame(keyDirection);
  const key = Array.from({ length: keySamples }, (_, i): Lamp => {
    const radius = Math.sqrt((i + 0.5) / keySamples) * keyRadius;
    const offset = add(scale(right, radius * Math.cos(i * golden)), scale(up, radius * Math.sin(i * golden)));
    return { direction: unit(add(keyDirection, offset)), share: 1 / keySamples, key: true };
  });
  const side = unit([-0.7, 0.5, 0.4]);
  const room = Array.from({ length: roomSamples }, (_, i) => {
    const y = 0.04 + (0.96 * (i + 0.5)) / roomSamples;
    const flat = Math.sqrt(1 - y * y);
    const direction: V3 = [flat * Math.cos(i * golden), y, flat * Math.sin(i * golden)];
    return { direction, share: 0.75 + 0.35 * dot(direction, side), key: false };
  });
  const total = room.reduce((sum, lamp) => sum + lamp.share * lamp.direction[1], 0);
  return [...key, ...room.map((lamp) => ({ ...lamp, share: lamp.share / total }))];
}

/** Renders what each lamp sees, so that one can ask at any point how much of the light arrives there. */
export function lightFor(blockers: readonly Blocker[]): Light {
  const { centre, radius } = bounds(blockers);
  const texel = (2 * radius) / mapSize;
  const maps = lamps.map((lamp, i) => {
    const [right, up] = frame(lamp.direction);
    const map: DepthMap = { right, up, depth: new Float32Array(mapSize * mapSize).fill(-1e9) };
    // A thing that lets half of the light through stands in the way of every second lamp.
    const seen = blockers.filter(({ blocks }) => (i * 0.618034) % 1 < blocks);
    for (const { mesh } of seen) cover(map, mesh, lamp.direction, centre, radius);
    return map;
  });
  return (p, normal) => {
    const q: V3 = [
      p[0] + normal[0] * texel * 1.3 - centre[0],
      p[1] + normal[1] * texel * 1.3 - centre[1],
      p[2] + normal[2] * texel * 1.3 - centre[2],
    ];
    let [key, room, open, all] = [0, 0, 0, 0];
    for (let i = 0; i < lamps.length; i++) {
      const { direction, share, key: isKey } = lamps[i]!;
      const facing = dot(normal, direction);
      if (facing <= 0) continue;
      const light = visible(maps[i]!, q, direction, radius, texel) * facing * share;
      if (isKey) key += light;
      else {
        room += light;
        open += light;
        all += facing * share;
      }
    }
    return { key, room, open: all > 0 ? open / all : 1 };
  };
}

function bounds(blockers: readonly Blocker[]): { centre: V3; radius: number } {
  const low = [1e9, 1e9, 1e9];
  const high = [-1e9, -1e9, -1e9];
  for (const { mesh } of blockers) {
    for (let i = 0; i < mesh.position.length; i++) {
      low[i % 3] = Math.min(low[i % 3]!, mesh.position[i]!);
      high[i % 3] = Math.max(high[i % 3]!, mesh.position[i]!);
    }
  }
  const centre = low.map((x, i) => (x + high[i]!) / 2) as unknown as V3;
  return { centre, radius: Math.hypot(...low.map((x, i) => (high[i]! - x) / 2)) * 1.02 };
}

function cover(map: DepthMap, mesh: Mesh, direction: V3, centre: V3, radius: number): void {
  const count = mesh.position.length / 3;
  const flat = new Float32Array(count * 3);
  const k = mapSize / (2 * radius);
  for (let i = 0; i < count; i++) {
    const p: V3 = [
      mesh.position[i * 3]! - centre[0],
      mesh.position[i * 3 + 1]! - centre[1],
      mesh.position[i * 3 + 2]! - centre[2],
    ];
    flat[i * 3] = (dot(p, map.right) + radius) * k;
    flat[i * 3 + 1] = (dot(p, map.up) + radius) * k;
    flat[i * 3 + 2] = dot(p, direction);
  }
  for (let i = 0; i < mesh.index.length; i += 3) {
    fill(map.depth, flat, mesh.index[i]! * 3, mesh.index[i + 1]! * 3, mesh.index[i + 2]! * 3);
  }
}

function fill(depth: Float32Array, p: Float32Array, a: number, b: number, c: number): void {
  const [ax, ay, bx, by, cx, cy] = [p[a]!, p[a + 1]!, p[b]!, p[b + 1]!, p[c]!, p[c + 1]!];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (Math.abs(area) < 1e-9) return;
  const [x0, x1] = [
    Math.max(0, Math.floor(Math.min(ax, bx, cx))),
    Math.min(mapSize - 1, Math.ceil(Math.max(ax, bx, cx))),
  ];
  const [y0, y1] = [
    Math.max(0, Math.floor(Math.min(ay, by, cy))),
    Math.min(mapSize - 1, Math.ceil(Math.max(ay, by, cy))),
  ];
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const wb = ((x + 0.5 - ax) * (cy - ay) - (y + 0.5 - ay) * (cx - ax)) / area;
      const wc = ((bx - ax) * (y + 0.5 - ay) - (by - ay) * (x + 0.5 - ax)) / area;
      if (wb < -0.01 || wc < -0.01 || wb + wc > 1.01) continue;
      const d = p[a + 2]! * (1 - wb - wc) + p[b + 2]! * wb + p[c + 2]! * wc;
      const at = y * mapSize + x;
      if (d > depth[at]!) depth[at] = d;
    }
  }
}

function visible(map: DepthMap, q: V3, direction: V3, radius: number, texel: number): number {
  const k = mapSize / (2 * radius);
  const { right, up } = map;
  // Written out because this runs some hundred million times per picture.
  const x = (q[0] * right[0] + q[1] * right[1] + q[2] * right[2] + radius) * k - 0.5;
  const y = (q[0] * up[0] + q[1] * up[1] + q[2] * up[2] + radius) * k - 0.5;
  if (x < 0 || y < 0 || x >= mapSize - 1 || y >= mapSize - 1) return 1;
  const near = dot(q, direction) + texel * 0.9;
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const at = iy * mapSize + ix;
  const d = map.depth;
  const below = (near >= d[at]! ? 1 - fx : 0) + (near >= d[at + 1]! ? fx : 0);
  const above = (near >= d[at + mapSize]! ? 1 - fx : 0) + (near >= d[at + mapSize + 1]! ? fx : 0);
  return below * (1 - fy) + above * fy;
}
