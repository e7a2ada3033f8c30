import { add, cross, dot, scale, subtract, unit, type V3 } from './vector.ts';

export type View = {
  /** The point in the middle of the picture, in centimetres. */
  readonly target: V3;
  /** How many centimetres the picture shows across at the target. */
  readonly width: number;
  /** Degrees: how far the camera looks down, and from which side (positive: from the right). */
  readonly pitch?: number;
  readonly yaw?: number;
  /** A wall this far behind, for things that hang: it catches their shadow. */
  readonly wall?: number;
};

export type Camera = {
  readonly eye: V3;
  /** Pixels right and down, and the distance ahead of the eye. */
  readonly project: (p: V3) => V3;
  /** The direction in which a pixel looks. */
  readonly ray: (x: number, y: number) => V3;
  readonly pixelsPerCentimetre: number;
  readonly wall: number | undefined;
};

/** A long lens, as for still life: the distance is this many times the width of the picture. */
const reach = 3.4;

export function cameraFor(view: View, wide: number, high: number): Camera {
  const pitch = ((view.pitch ?? 11) * Math.PI) / 180;
  const yaw = ((view.yaw ?? 0) * Math.PI) / 180;
  const back: V3 = [Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)];
  const eye = add(view.target, scale(back, view.width * reach));
  const ahead = scale(back, -1);
  const right = unit(cross(ahead, [0, 1, 0]));
  const up = cross(right, ahead);
  const focal = wide * reach;
  return {
    eye,
    pixelsPerCentimetre: wide / view.width,
    wall: view.wall,
    project: (p) => {
      const d = subtract(p, eye);
      const far = dot(d, ahead);
      return [wide / 2 + (dot(d, right) / far) * focal, high / 2 - (dot(d, up) / far) * focal, far];
    },
    ray: (x, y) =>
      unit(add(ahead, add(scale(right, (x - wide / 2) / focal), scale(up, (high / 2 - y) / focal)))),
  };
}
