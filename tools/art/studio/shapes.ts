import { joined, type Mesh, surface } from './mesh.ts';
import { add, clamp, cross, scale, subtract, unit, type V2, type V3 } from './vector.ts';

/** A corner of an outline and how far it is rounded; lengths are centimetres everywhere. */
export type Corner = readonly [number, number, number?];

/** Corners written in one line, as in '0,0 4,0,0.3 4,9': x, y and, where it is rounded, how far. */
export const corners = (list: string): Corner[] =>
  list.split(' ').map((corner) => {
    const [x, y, rounding] = corner.split(',').map(Number);
    return rounding === undefined ? [x!, y!] : [x!, y!, rounding];
  });

/** Points in space written in one line, as in '0,0,0 1,2,0'. */
export const places = (list: string): V3[] =>
  list.split(' ').map((place) => {
    const [x, y, z] = place.split(',').map(Number);
    return [x!, y!, z!];
  });

/** A polyline with rounded corners, as many points close together. */
export function outline(corners: readonly Corner[], closed = false, step = 0.12): V2[] {
  const points: V2[] = [];
  const at = (i: number): Corner => corners[(i + corners.length) % corners.length]!;
  for (let i = 0; i < corners.length; i++) {
    const end = !closed && (i === 0 || i === corners.length - 1);
    const rounding = end ? 0 : (at(i)[2] ?? 0);
    if (rounding === 0) points.push([at(i)[0], at(i)[1]]);
    else points.push(...bend(at(i - 1), at(i), at(i + 1), rounding));
  }
  if (closed) points.push(points[0]!);
  return spread(points, step);
}

function bend(before: Corner, corner: Corner, after: Corner, rounding: number): V2[] {
  const reach = (to: Corner): V2 => {
    const far = Math.hypot(to[0] - corner[0], to[1] - corner[1]);
    const share = Math.min(rounding / far, 0.5);
    return [corner[0] + (to[0] - corner[0]) * share, corner[1] + (to[1] - corner[1]) * share];
  };
  const [from, to] = [reach(before), reach(after)];
  const pieces = clamp(Math.round(rounding / 0.07), 6, 40);
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const t = i / pieces;
    const blend = (axis: 0 | 1): number =>
      (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * corner[axis] + t * t * to[axis];
    return [blend(0), blend(1)] as V2;
  });
}

function spread(points: readonly V2[], step: number): V2[] {
  const result: V2[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [points[i]!, points[i + 1]!];
    const pieces = Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / step));
    for (let k = 0; k < pieces; k++) {
      result.push([a[0] + ((b[0] - a[0]) * k) / pieces, a[1] + ((b[1] - a[1]) * k) / pieces]);
    }
  }
  result.push(points[points.length - 1]!);
  return result;
}

/** A smooth curve through all points. */
export function curve(points: readonly V3[], pieces = 12): V3[] {
  const at = (i: number): V3 => points[clamp(i, 0, points.length - 1)]!;
  const result: V3[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    for (let k = 0; k < pieces; k++) {
      const t = k / pieces;
      const axis = (n: 0 | 1 | 2): number => {
        const [a, b, c, d] = [at(i - 1)[n], at(i)[n], at(i + 1)[n], at(i + 2)[n]];
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
      };
      result.push([axis(0), axis(1), axis(2)]);
    }
  }
  result.push(at(points.length - 1));
  return result;
}

/** A smooth profile of radius and height for `lathe`. */
export const profile = (points: readonly Corner[], pieces = 12): V2[] =>
  curve(
    points.map(([r, y]) => [r, y, 0]),
    pieces,
  ).map(([r, y]) => [Math.max(0, r), y] as V2);

/** Turns a profile of [radius, height] about the y axis. Climbing profiles face outwards, falling ones inwards. */
export function lathe(
  points: readonly V2[],
  sides = 128,
  shape?: (angle: number, y: number) => number,
): Mesh {
  const at = follow(points);
  return surface(sides, points.length - 1, (u, v) => {
    const [radius, y] = at(v);
    const angle = u * Math.PI * 2;
    const r = radius * (shape ? shape(angle, y) : 1);
    return [r * Math.cos(angle), y, r * Math.sin(angle)];
  });
}

function follow(points: readonly V2[]): (v: number) => V2 {
  return (v) => {
    const x = clamp(v) * (points.length - 1);
    const i = Math.min(points.length - 2, Math.floor(x));
    const [a, b] = [points[i]!, points[i + 1]!];
    return [a[0] + (b[0] - a[0]) * (x - i), a[1] + (b[1] - a[1]) * (x - i)];
  };
}

/** A round bar along a path; the radius may change, and `flat` squeezes it across. */
export function tube(
  path: readonly V3[],
  radius: number | ((t: number) => number),
  sides = 28,
  flat = 1,
): Mesh {
  const thick = typeof radius === 'number' ? () => radius : radius;
  const frames = transport(path);
  const rounds = path.length - 1;
  return surface(
    sides,
    rounds,
    (u, v) => {
      const x = clamp(v) * rounds;
      const i = Math.min(rounds - 1, Math.floor(x));
      const centre = add(scale(path[i]!, 1 - (x - i)), scale(path[i + 1]!, x - i));
      const [side, up] = frames[x - i > 0.5 ? i + 1 : i]!;
      const angle = u * Math.PI * 2;
      const r = thick(clamp(v));
      return add(centre, add(scale(side, r * Math.cos(angle) * flat), scale(up, r * Math.sin(angle))));
    },
    true,
  );
}

function transport(path: readonly V3[]): (readonly [V3, V3])[] {
  let side: V3 = [0, 0, 1];
  return path.map((_, i) => {
    const ahead = unit(subtract(path[Math.min(i + 1, path.length - 1)]!, path[Math.max(i - 1, 0)]!));
    if (i === 0 && Math.abs(ahead[2]) > 0.9) side = [1, 0, 0];
    const up = unit(cross(ahead, side));
    side = unit(cross(up, ahead));
    return [side, up] as const;
  });
}

/** A cuboid standing on y = 0, its edges rounded. */
export function box(width: number, height: number, depth: number, rounding = 0.3, cells = 26): Mesh {
  const half: V3 = [width / 2, height / 2, depth / 2];
  const r = Math.min(rounding, ...half);
  const axes: readonly (readonly [0 | 1 | 2, 0 | 1 | 2, 0 | 1 | 2])[] = [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
  ];
  const inside = (p: V3): V3 =>
    [0, 1, 2].map((i) => clamp(p[i]!, r - half[i]!, half[i]! - r)) as unknown as V3;
  const faces = axes.flatMap(([a, b, c]) =>
    [1, -1].map((sign) =>
      surface(cells, cells, (u, v) => {
        const p: [number, number, number] = [0, 0, 0];
        p[a] = lean(u, half[a], r);
        p[b] = lean(v, half[b], r);
        p[c] = half[c] * sign;
        const inner = inside(p);
        return add(inner, scale(unit(subtract(p, inner)), r));
      }),
    ),
  );
  const whole = joined(...faces);
  for (let i = 0; i < whole.position.length; i += 3) {
    const p: V3 = [whole.position[i]!, whole.position[i + 1]!, whole.position[i + 2]!];
    whole.normal.set(unit(subtract(p, inside(p))), i);
    whole.position[i + 1] = p[1] + half[1];
    whole.local[i + 1] = p[1] + half[1];
  }
  return whole;
}

/** Puts a third of the samples on each rounded edge, where the light turns. */
function lean(t: number, half: number, r: number): number {
  const x = (t * 2 - 1) * 1.0;
  const edge = 0.7;
  const size =
    Math.abs(x) < edge
      ? (Math.abs(x) / edge) * (half - r)
      : half - r + ((Math.abs(x) - edge) / (1 - edge)) * r;
  return Math.sign(x) * size;
}

/** A flat piece cut along a closed outline (in x and y), `thickness` deep in z, its edges rounded. */
export function slab(points: readonly V2[], thickness: number, rounding = 0.15): Mesh {
  const centre: V2 = [mean(points, 0), mean(points, 1)];
  const inward = insetter(points);
  const half = thickness / 2;
  const r = Math.min(rounding, half);
  const rows: { inset: number; z: number }[] = [];
  for (let i = 0; i <= 6; i++)
    rows.push({
      inset: r * (1 - Math.sin((i / 6) * 1.5708)),
      z: half - r * (1 - Math.cos((i / 6) * 1.5708)),
    });
  const profileRows = [...rows, ...rows.toReversed().map(({ inset, z }) => ({ inset, z: -z }))];
  const wall = surface(points.length - 1, profileRows.length - 1, (u, v) => {
    const row = profileRows[Math.round(clamp(v) * (profileRows.length - 1))]!;
    const [x, y] = inward(u, row.inset);
    return [x, y, row.z];
  });
  const cap = (z: number): Mesh =>
    surface(points.length - 1, 24, (u, v) => {
      const [x, y] = inward(u, r);
      return [centre[0] + (x - centre[0]) * v, centre[1] + (y - centre[1]) * v, z];
    });
  return joined(
    withNormals(wall, inward, points.length, profileRows, r, half),
    facingZ(cap(half), 1),
    facingZ(cap(-half), -1),
  );
}

const mean = (points: readonly V2[], axis: 0 | 1): number =>
  points.reduce((sum, p) => sum + p[axis], 0) / points.length;

function facingZ(mesh: Mesh, sign: number): Mesh {
  for (let i = 0; i < mesh.normal.length; i += 3) mesh.normal.set([0, 0, sign], i);
  return mesh;
}

function withNormals(
  mesh: Mesh,
  inward: (u: number, inset: number) => V2,
  count: number,
  rows: { inset: number; z: number }[],
  r: number,
  half: number,
): Mesh {
  rows.forEach((row, j) => {
    for (let i = 0; i < count; i++) {
      const u = i / (count - 1);
      const [a, b] = [inward(u, 0), inward(u, 1)];
      const rise = r > 0 ? (Math.abs(row.z) - (half - r)) / r : 0;
      const flat = Math.sqrt(Math.max(0, 1 - rise * rise));
      mesh.normal.set(
        unit([(a[0] - b[0]) * flat, (a[1] - b[1]) * flat, Math.sign(row.z) * rise]),
        (j * count + i) * 3,
      );
    }
  });
  return mesh;
}

function insetter(points: readonly V2[]): (u: number, inset: number) => V2 {
  const last = points.length - 1;
  let area = 0;
  for (let i = 0; i < last; i++)
    area += points[i]![0] * points[i + 1]![1] - points[i + 1]![0] * points[i]![1];
  const sign = area > 0 ? 1 : -1;
  return (u, inset) => {
    const i = ((Math.round(u * last) % last) + last) % last;
    const [before, after, p] = [points[(i - 1 + last) % last]!, points[(i + 1) % last]!, points[i]!];
    const [dx, dy] = [after[0] - before[0], after[1] - before[1]];
    const far = Math.hypot(dx, dy) || 1;
    return [p[0] - (sign * dy * inset) / far, p[1] + (sign * dx * inset) / far];
  };
}
