import type { Mesh } from './mesh.ts';
import type { V3 } from './vector.ts';

/** The point of a surface that is being shaded. */
export type Spot = {
  /** Where it was before the thing was placed: the frame in which grain and weave are drawn. */
  readonly local: V3;
  readonly world: V3;
  readonly u: number;
  readonly v: number;
};

export type Material = {
  /** Reflected share of the light, linear. */
  readonly colour: (spot: Spot) => V3;
  /** Mirror-like share when looked at straight on: 0 none, 0.04 glaze or lacquer. */
  readonly shine: number;
  /** Where the shine is missing, from 0 to 1: bare clay under a glaze. */
  readonly matt?: (spot: Spot) => number;
  /** 0 mirror, 1 dull. */
  readonly rough: number;
  /** Metals tint what they mirror and have no other colour. */
  readonly metal?: boolean;
  /** Height of the relief in centimetres; steepness is taken over `fine` centimetres. */
  readonly relief?: (local: V3, spot: Spot) => number;
  readonly fine?: number;
  /** Light given off, linear. */
  readonly glow?: (spot: Spot) => V3;
  /** Fuzz that catches light at grazing angles: wool, terry. */
  readonly fuzz?: number;
  /** Light that passes through thin cloth or wax, as a share. */
  readonly soft?: number;
  /** Where a hole is cut through. */
  readonly hole?: (local: V3) => boolean;
  /** Makes it glass: the share of each colour that passes through one wall. */
  readonly clear?: V3;
};

export type Part = {
  readonly mesh: Mesh;
  readonly material: Material;
  /** Share of light it blocks; 1 unless it is glass. */
  readonly blocks?: number;
};
