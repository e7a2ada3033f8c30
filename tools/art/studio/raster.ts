import type { Mesh } from './mesh.ts';
import type { Placed } from './render.ts';
import type { V3 } from './vector.ts';

export type Film = {
  readonly width: number;
  readonly height: number;
  /** Inverse distance; 0 where nothing is. */
  readonly depth: Float32Array;
  /** Which triangle is seen, counted over all parts, or -1. */
  readonly seen: Int32Array;
  /** Premultiplied linear red, green, blue and coverage. */
  readonly colour: Float32Array;
};

/** Finds for every sample the nearest triangle. */
export function rasterise(things: readonly Placed[], width: number, height: number): Film {
  const film: Film = {
    width,
    height,
    depth: new Float32Array(width * height),
    seen: new Int32Array(width * height).fill(-1),
    colour: new Float32Array(width * height * 4),
  };
  let base = 0;
  for (const { part, screen } of things) {
    const { index } = part.mesh;
    for (let i = 0; i < index.length; i += 3) {
      scan(film, screen, index[i]! * 3, index[i + 1]! * 3, index[i + 2]! * 3, (at, inverse, wb, wc) => {
        if (inverse <= film.depth[at]! || part.material.hole?.(localAt(part.mesh, i, wb, wc))) return;
        film.depth[at] = inverse;
        film.seen[at] = base + i / 3;
      });
    }
    base += index.length / 3;
  }
  return film;
}

/** Calls `hit` for each sample inside a triangle with the inverse distance and the perspective-correct weights of b and c. */
export function scan(
  film: Film,
  p: Float32Array,
  a: number,
  b: number,
  c: number,
  hit: (at: number, inverse: number, weightB: number, weightC: number) => void,
): void {
  const [ax, ay, bx, by, cx, cy] = [p[a]!, p[a + 1]!, p[b]!, p[b + 1]!, p[c]!, p[c + 1]!];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (Math.abs(area) < 1e-9) return;
  const [ia, ib, ic] = [1 / p[a + 2]!, 1 / p[b + 2]!, 1 / p[c + 2]!];
  const x0 = Math.max(0, Math.floor(Math.min(ax, bx, cx) - 0.5));
  const x1 = Math.min(film.width - 1, Math.ceil(Math.max(ax, bx, cx)));
  const y0 = Math.max(0, Math.floor(Math.min(ay, by, cy) - 0.5));
  const y1 = Math.min(film.height - 1, Math.ceil(Math.max(ay, by, cy)));
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const wb = ((x + 0.5 - ax) * (cy - ay) - (y + 0.5 - ay) * (cx - ax)) / area;
      const wc = ((bx - ax) * (y + 0.5 - ay) - (by - ay) * (x + 0.5 - ax)) / area;
      const wa = 1 - wb - wc;
      if (wa < -1e-5 || wb < -1e-5 || wc < -1e-5) continue;
      const inverse = wa * ia + wb * ib + wc * ic;
      hit(y * film.width + x, inverse, (wb * ib) / inverse, (wc * ic) / inverse);
    }
  }
}

function localAt({ index, local }: Mesh, corner: number, wb: number, wc: number): V3 {
  const axis = (n: number): number =>
    local[index[corner]! * 3 + n]! * (1 - wb - wc) +
    local[index[corner + 1]! * 3 + n]! * wb +
    local[index[corner + 2]! * 3 + n]! * wc;
  return [axis(0), axis(1), axis(2)];
}
