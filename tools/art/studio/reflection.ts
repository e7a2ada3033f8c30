import { keyDirection } from './light.ts';
import { clamp, dot, frame, paint, smooth, unit, type V3 } from './vector.ts';

/** A bright rectangle of the studio as seen in a glossy surface. */
type Panel = {
  readonly centre: V3;
  readonly right: V3;
  readonly up: V3;
  readonly wide: number;
  readonly high: number;
};

const panel = (centre: V3, wide: number, high: number): Panel => {
  const [right, up] = frame(centre);
  return { centre, right, up, wide, high };
};

const softBox = panel(keyDirection, 0.36, 0.52);
const tallWindow = panel(unit([-0.86, 0.12, 0.5]), 0.13, 0.62);
const rimStrip = panel(unit([0.95, 0.35, -0.25]), 0.09, 0.7);
const floorTint = paint('#d8d0c6');

/** What a mirror would show in this direction; `rough` from 0 (mirror) to 1 (blurred away). */
export function reflection(direction: V3, rough: number): V3 {
  const up = clamp(direction[1] * 0.5 + 0.5);
  const wall = 0.34 + 0.34 * smooth(0.35, 1, up);
  const floor = smooth(0.5 + rough * 0.4, 0.48 - rough * 0.4, up);
  const soft = 0.03 + rough * 0.75;
  const light =
    seen(softBox, direction, soft) * (5.2 / (1 + rough * 5)) +
    seen(rimStrip, direction, soft * 0.7) * (1.7 / (1 + rough * 5)) +
    seen(tallWindow, direction, soft * 0.6) * (1.9 / (1 + rough * 4));
  return [
    wall + (floorTint[0] * 0.55 - wall) * floor + light,
    wall + (floorTint[1] * 0.55 - wall) * floor + light * 0.98,
    wall + (floorTint[2] * 0.55 - wall) * floor + light * 0.95,
  ];
}

function seen({ centre, right, up, wide, high }: Panel, direction: V3, soft: number): number {
  const ahead = dot(direction, centre);
  if (ahead <= 0.05) return 0;
  const x = Math.abs(dot(direction, right) / ahead);
  if (x > wide + soft) return 0;
  const y = Math.abs(dot(direction, up) / ahead);
  return smooth(wide + soft, wide - soft * 0.6, x) * smooth(high + soft, high - soft * 0.6, y);
}
