import type { Material, Spot } from './material.ts';
import { cloud, hash, noise, specks } from './noise.ts';
import { clamp, mix, paint, scale, smooth, type V3 } from './vector.ts';

/** Fired clay under a glaze that thins at edges; `speckle` from 0 to 1. */
export function glaze(
  hex: string,
  { speckle = 0, matte = false }: { speckle?: number; matte?: boolean } = {},
): Material {
  const base = paint(hex);
  return {
    colour: ({ local: [x, y, z] }) => {
      const shade = 0.93 + 0.14 * cloud(x * 0.35, y * 0.5, z * 0.35);
      const dot =
        speckle > 0
          ? speckle * Math.max(specks(x * 2.6, y * 2.6, z * 2.6, 0.5), specks(x * 5 + 9, y * 5, z * 5, 0.45))
          : 0;
      return mix(scale(base, shade), [0.09, 0.065, 0.045], dot * 0.75);
    },
    shine: matte ? 0.02 : 0.04,
    rough: matte ? 0.6 : 0.12,
    relief: ([x, y, z]) => 0.02 * cloud(x * 0.8, y * 1.6, z * 0.8, 2),
    fine: 0.1,
  };
}

/** Glaze dipped down to a wavering line, bare clay below. */
export function dipped(hex: string, clay: string, line: number, speckle = 0): Material {
  const [upper, lower] = [glaze(hex, { speckle }), earth(clay)];
  const bare = ({ local: [x, y, z] }: Spot): number =>
    smooth(line + 0.06, line - 0.06, y + 0.35 * noise(x * 0.45, 0, z * 0.45));
  return { ...upper, colour: (spot) => mix(upper.colour(spot), lower.colour(spot), bare(spot)), matt: bare };
}

/** Unglazed clay. */
export function earth(hex: string): Material {
  const base = paint(hex);
  return {
    colour: ({ local: [x, y, z] }) =>
      scale(base, 0.82 + 0.22 * cloud(x * 1.1, y * 1.1, z * 1.1) + 0.14 * noise(x * 14, y * 14, z * 14)),
    shine: 0,
    rough: 1,
    relief: ([x, y, z]) => 0.012 * noise(x * 9, y * 9, z * 9) + 0.01 * noise(0, y * 3.2, 0),
    fine: 0.03,
  };
}

const woods = {
  walnut: ['#8a5a3a', '#4f2f1d'],
  oak: ['#d6b186', '#b3875a'],
  beech: ['#dcb58c', '#c2925f'],
  ash: ['#e6cfa9', '#c8a778'],
  cherry: ['#c07f52', '#96562f'],
  dark: ['#4a3327', '#2b1c15'],
} as const;

/** Wood whose grain runs along an axis of the piece. */
export function wood(kind: keyof typeof woods, along: 'x' | 'y' | 'z' = 'y', seed = 0, fine = 1): Material {
  const [pale, dark] = [paint(woods[kind][0]), paint(woods[kind][1])];
  const turn = ([x, y, z]: V3): V3 => (along === 'y' ? [x, y, z] : along === 'x' ? [y, x, z] : [x, z, y]);
  const grain = (local: V3): number => {
    const [x, y, z] = turn(local);
    const drift = cloud(x * 0.25 * fine + seed, y * 0.05 * fine, z * 0.25 * fine, 2) * 7;
    const rings = 0.5 + 0.5 * Math.sin((x * 1.1 + z * 0.5) * fine * 1.6 + drift * 2.2);
    const fibre = noise(x * 14 * fine, y * 0.7 * fine + seed, z * 14 * fine);
    return clamp(0.62 * rings + 0.45 * fibre - 0.08);
  };
  return {
    colour: ({ local }) => mix(pale, dark, grain(local)),
    shine: 0.025,
    rough: 0.55,
    relief: (local) => -0.008 * grain(local),
    fine: 0.04,
  };
}

/** Plain weave; `thread` is its width in centimetres. The weave follows x and the length of the fold. */
export function linen(hex: string, thread = 0.16, pattern?: (spot: Spot) => V3 | null): Material {
  const base = paint(hex);
  const weave = ([x, y, z]: V3): number => {
    const b = y + z;
    const warp = Math.abs(Math.sin((Math.PI * (x + 0.05 * noise(0, b * 1.3, 3))) / thread));
    const weft = Math.abs(Math.sin((Math.PI * (b + 0.05 * noise(x * 1.3, 0, 7))) / thread));
    const over = (Math.floor(x / thread) + Math.floor(b / thread)) % 2 === 0;
    return over ? warp * 0.9 + weft * 0.2 : weft * 0.9 + warp * 0.2;
  };
  return {
    colour: (spot) => {
      const { local } = spot;
      const b = local[1] + local[2];
      const slub = 0.1 * (noise(local[0] * 6, b * 0.6, 1) + noise(local[0] * 0.6, b * 6, 5)) - 0.1;
      return scale(pattern?.(spot) ?? base, 0.84 + slub + 0.16 * weave(local));
    },
    shine: 0,
    rough: 1,
    relief: (local) => 0.16 * thread * weave(local),
    fine: thread * 0.18,
    fuzz: 0.06,
    soft: 0.15,
  };
}

/** Brushed wool: a soft, irregular nap. */
export function wool(colour: (spot: Spot) => V3): Material {
  const nap = ([x, y, z]: V3): number =>
    0.6 * noise(x * 5, y * 5, z * 5) + 0.4 * noise(x * 13, y * 13, z * 13);
  return {
    colour: (spot) => scale(colour(spot), 0.78 + 0.34 * nap(spot.local)),
    shine: 0,
    rough: 1,
    relief: (local) => 0.07 * nap(local),
    fine: 0.03,
    fuzz: 0.16,
    soft: 0.2,
  };
}

/** Terry: loops close together. */
export function terry(hex: string): Material {
  const base = paint(hex);
  const loops = ([x, y, z]: V3): number => {
    const cell = 3.4;
    const row = Math.floor((y + z) * cell);
    const p = x * cell + (row % 2) * 0.5 + hash(row, Math.floor(x * cell), 2) * 0.3;
    return Math.abs(Math.sin(Math.PI * p)) * Math.abs(Math.sin(Math.PI * (y + z) * cell));
  };
  return {
    colour: ({ local }) =>
      scale(base, 0.72 + 0.32 * loops(local) + 0.08 * noise(local[0] * 3, local[1] * 3, local[2] * 3)),
    shine: 0,
    rough: 1,
    relief: (local) => 0.07 * loops(local) + 0.05 * noise(local[0] * 4, local[1] * 4, local[2] * 4),
    fine: 0.04,
    fuzz: 0.14,
    soft: 0.22,
  };
}

export const metal = (hex: string, rough = 0.18, brushed = 0): Material => ({
  colour: () => paint(hex),
  shine: 1,
  rough,
  metal: true,
  ...(brushed > 0 ? { relief: ([x, y]: V3) => brushed * noise(x * 0.4, y * 30, 0), fine: 0.02 } : {}),
});

export const castIron = (): Material => ({
  colour: ({ local: [x, y, z] }) => scale(paint('#2c2b2b'), 0.8 + 0.4 * cloud(x, y, z)),
  shine: 0.05,
  rough: 0.42,
  relief: ([x, y, z]) => 0.02 * noise(x * 11, y * 11, z * 11),
  fine: 0.03,
});

/** Lacquer, plastic, powder coat: one even colour. */
export const coat = (hex: string, rough = 0.35, shine = 0.04): Material => ({
  colour: () => paint(hex),
  shine,
  rough,
});

export const paper = (hex: string, pattern?: (spot: Spot) => V3 | null): Material => ({
  colour: (spot) => {
    const [x, y, z] = spot.local;
    return scale(pattern?.(spot) ?? paint(hex), 0.97 + 0.05 * noise(x * 9, y * 9, z * 9));
  },
  shine: 0,
  rough: 1,
});

/** One wall of glass; `tint` is what passes straight through it. */
export const glass = (tint: V3, rough = 0.02): Material => ({
  colour: () => tint,
  shine: 0.04,
  rough,
  clear: tint,
});
