import { add, cross, length, scale, subtract, unit, type V2, type V3 } from './vector.ts';

/** Triangles with, for every corner, where it is, where it faces, and where it was before being placed (for grain and weave). */
export type Mesh = {
  readonly position: Float32Array;
  readonly normal: Float32Array;
  readonly local: Float32Array;
  readonly uv: Float32Array;
  readonly index: Uint32Array;
};

/** A surface over 0…1 × 0…1; it faces cross(dv, du), so a lathe whose profile climbs faces outwards. */
export function surface(across: number, along: number, at: (u: number, v: number) => V3, flip = false): Mesh {
  const count = (across + 1) * (along + 1);
  const position = new Float32Array(count * 3);
  const normal = new Float32Array(count * 3);
  const uv = new Float32Array(count * 2);
  for (let j = 0, corner = 0; j <= along; j++) {
    for (let i = 0; i <= across; i++, corner++) {
      const [u, v] = [i / across, j / along];
      position.set(at(u, v), corner * 3);
      normal.set(scale(facing(at, u, v, 1 / along), flip ? -1 : 1), corner * 3);
      uv.set([u, v], corner * 2);
    }
  }
  return { position, normal, local: position.slice(), uv, index: quads(across, along) };
}

/** The slope is taken over the neighbouring rows, so that a profile made of short lines shades as a smooth one. */
function facing(at: (u: number, v: number) => V3, u: number, v: number, step: number): V3 {
  for (const nudge of [0, step * 1.01, step * -1.01]) {
    const middle = v + nudge;
    const along = subtract(at(u, Math.min(1, middle + step)), at(u, Math.max(0, middle - step)));
    const across = subtract(at(u + 1e-3, middle), at(u - 1e-3, middle));
    const normal = cross(along, across);
    if (length(normal) > 1e-12) return unit(normal);
  }
  return [0, 1, 0];
}

function quads(across: number, along: number): Uint32Array {
  const index = new Uint32Array(across * along * 6);
  for (let j = 0, at = 0; j < along; j++) {
    for (let i = 0; i < across; i++, at += 6) {
      const a = j * (across + 1) + i;
      const b = a + across + 1;
      index.set([a, a + 1, b, a + 1, b + 1, b], at);
    }
  }
  return index;
}

export function joined(...meshes: readonly Mesh[]): Mesh {
  const pick = (key: 'position' | 'normal' | 'local' | 'uv'): Float32Array => {
    const all = new Float32Array(meshes.reduce((sum, mesh) => sum + mesh[key].length, 0));
    let end = 0;
    for (const mesh of meshes) {
      all.set(mesh[key], end);
      end += mesh[key].length;
    }
    return all;
  };
  const index = new Uint32Array(meshes.reduce((sum, mesh) => sum + mesh.index.length, 0));
  let at = 0;
  let base = 0;
  for (const mesh of meshes) {
    for (const corner of mesh.index) index[at++] = corner + base;
    base += mesh.position.length / 3;
  }
  return { position: pick('position'), normal: pick('normal'), local: pick('local'), uv: pick('uv'), index };
}

/** Degrees; first about z (roll), then x (pitch), then y (yaw), then moved. */
export type Placement = {
  readonly at?: V3;
  readonly yaw?: number;
  readonly pitch?: number;
  readonly roll?: number;
  readonly size?: number;
};

export function placed(mesh: Mesh, placement: Placement): Mesh {
  const turn = turner(placement);
  const position = new Float32Array(mesh.position.length);
  const normal = new Float32Array(mesh.normal.length);
  for (let i = 0; i < position.length; i += 3) {
    const p = turn([mesh.position[i]!, mesh.position[i + 1]!, mesh.position[i + 2]!]);
    position.set(add(scale(p, placement.size ?? 1), placement.at ?? [0, 0, 0]), i);
    normal.set(turn([mesh.normal[i]!, mesh.normal[i + 1]!, mesh.normal[i + 2]!]), i);
  }
  return { ...mesh, position, normal };
}

function turner({ yaw = 0, pitch = 0, roll = 0 }: Placement): (p: V3) => V3 {
  const [cy, sy] = circle(yaw);
  const [cp, sp] = circle(pitch);
  const [cr, sr] = circle(roll);
  return ([x, y, z]) => {
    const [x1, y1] = [x * cr - y * sr, x * sr + y * cr];
    const [y2, z2] = [y1 * cp - z * sp, y1 * sp + z * cp];
    return [x1 * cy + z2 * sy, y2, -x1 * sy + z2 * cy];
  };
}

const circle = (degrees: number): V2 => [
  Math.cos((degrees * Math.PI) / 180),
  Math.sin((degrees * Math.PI) / 180),
];
