import type { Camera } from './camera.ts';
import { type Light, lightFor } from './light.ts';
import type { Part } from './material.ts';
import type { Mesh } from './mesh.ts';
import { type Film, rasterise } from './raster.ts';
import { shadeClear, shadeSolid } from './shade.ts';
import { add, clamp, paint, scale, smooth, type V3 } from './vector.ts';

export type Placed = { readonly part: Part; readonly screen: Float32Array; readonly arrival: Float32Array };
export type Layer = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** Draws the parts and their shadows on a transparent ground, `fine` samples across each pixel. */
export function render(
  parts: readonly Part[],
  camera: Camera,
  width: number,
  height: number,
  fine: number,
  ground: V3,
): Layer {
  const light = lightFor(parts.map(({ mesh, blocks }) => ({ mesh, blocks: blocks ?? 1 })));
  const placed = parts.map((part) => prepare(part, camera, light));
  const solid = placed.filter(({ part }) => !part.material.clear);
  const film = rasterise(solid, width, height);
  shadeSolid(film, solid, camera);
  shadeClear(
    film,
    placed.filter(({ part }) => part.material.clear),
    camera,
    ground,
  );
  return develop(film, fine, shadows(camera, light, width, height, fine));
}

function prepare(part: Part, camera: Camera, light: Light): Placed {
  const { mesh } = part;
  const count = mesh.position.length / 3;
  const screen = new Float32Array(count * 3);
  const arrival = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) {
    const p = triple(mesh.position, i);
    screen.set(camera.project(p), i * 3);
    const { key, room, open } = light(p, triple(mesh.normal, i));
    arrival.set([key, room, open], i * 3);
  }
  return { part, screen, arrival };
}

const triple = (list: Mesh['position'], i: number): V3 => [list[i * 3]!, list[i * 3 + 1]!, list[i * 3 + 2]!];

/** How dark the floor is at every pixel, at a third of the size: shadows are soft. */
function shadows(
  camera: Camera,
  light: Light,
  width: number,
  height: number,
  fine: number,
): (x: number, y: number) => number {
  const step = fine * 3;
  const [wide, high] = [Math.ceil(width / step) + 1, Math.ceil(height / step) + 1];
  const dark = new Float32Array(wide * high);
  const [open, openWall] = [light([1e6, 0, 1e6], [0, 1, 0]), light([1e6, 0, 1e6], [0, 0, 1])];
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const ray = camera.ray(x * step, y * step);
      const toFloor = ray[1] < -0.02 ? camera.eye[1] / -ray[1] : 1e6;
      const toWall = camera.wall === undefined ? 1e6 : (camera.wall - camera.eye[2]) / ray[2];
      const t = Math.min(toFloor, toWall);
      if (t >= 1e6) continue;
      const onWall = toWall < toFloor;
      const { key, room } = light(add(camera.eye, scale(ray, t)), onWall ? [0, 0, 1] : [0, 1, 0]);
      const full = onWall ? openWall : open;
      dark[y * wide + x] = 1 - (key * 1.8 + room) / (full.key * 1.8 + full.room);
    }
  }
  soften(dark, wide, high);
  return (px, py) => {
    const [x, y] = [px / 3, py / 3];
    const [ix, iy] = [Math.min(wide - 2, Math.floor(x)), Math.min(high - 2, Math.floor(y))];
    const at = (dx: number, dy: number): number => dark[(iy + dy) * wide + ix + dx]!;
    const top = at(0, 0) + (at(1, 0) - at(0, 0)) * (x - ix);
    const bottom = at(0, 1) + (at(1, 1) - at(0, 1)) * (x - ix);
    return top + (bottom - top) * (y - iy);
  };
}

/** Blurs the faint parts, where single lamps would show, and leaves the dark line of contact sharp. */
function soften(dark: Float32Array, wide: number, high: number): void {
  const reach = Math.max(1, Math.round(wide / 70));
  let blurred: Float32Array = dark.slice();
  for (let pass = 0; pass < 2; pass++) {
    blurred = averaged(blurred, wide, high, reach, 1, wide);
    blurred = averaged(blurred, high, wide, reach, wide, 1);
  }
  for (let i = 0; i < dark.length; i++) {
    const faint = smooth(0.7, 0.3, dark[i]!);
    dark[i] = dark[i]! + (blurred[i]! - dark[i]!) * faint;
  }
}

/** A running mean along lines of `count` values `step` apart; the lines lie `next` apart. */
function averaged(
  from: Float32Array,
  count: number,
  lines: number,
  reach: number,
  step: number,
  next: number,
): Float32Array {
  const to = new Float32Array(from.length);
  for (let line = 0; line < lines; line++) {
    const at = (i: number): number => line * next + clamp(i, 0, count - 1) * step;
    let sum = 0;
    for (let i = -reach; i <= reach; i++) sum += from[at(i)]!;
    for (let i = 0; i < count; i++) {
      to[at(i)] = sum / (reach * 2 + 1);
      sum += from[at(i + reach + 1)]! - from[at(i - reach)]!;
    }
  }
  return to;
}

const shadowColour = paint('#33271c');

/** Averages the samples of each pixel, applies the film curve and lays the things over their shadows. */
function develop(film: Film, fine: number, shadow: (x: number, y: number) => number): Layer {
  const [width, height] = [film.width / fine, film.height / fine];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b, a] = pixel(film, fine, x, y);
      const under = clamp(shadow(x, y) * 0.86) * (1 - a);
      const alpha = a + under;
      if (alpha < 0.002) continue;
      const tone = (c: number, s: number): number => 255 * clamp((c + under * s ** (1 / 2.2)) / alpha);
      data.set(
        [tone(r, shadowColour[0]), tone(g, shadowColour[1]), tone(b, shadowColour[2]), alpha * 255],
        (y * width + x) * 4,
      );
    }
  }
  return { width, height, data };
}

function pixel(film: Film, fine: number, x: number, y: number): readonly [number, number, number, number] {
  let [r, g, b, a] = [0, 0, 0, 0];
  for (let sy = 0; sy < fine; sy++) {
    for (let sx = 0; sx < fine; sx++) {
      const at = ((y * fine + sy) * film.width + x * fine + sx) * 4;
      const alpha = film.colour[at + 3]!;
      if (alpha <= 0) continue;
      r += expose(film.colour[at]! / alpha) * alpha;
      g += expose(film.colour[at + 1]! / alpha) * alpha;
      b += expose(film.colour[at + 2]! / alpha) * alpha;
      a += alpha;
    }
  }
  const k = 1 / (fine * fine);
  return [r * k, g * k, b * k, a * k];
}

/** Straight up to three quarters, then a shoulder, so that highlights roll off as on film. */
function expose(linear: number): number {
  const x = linear < 0.6 ? linear : 0.6 + 0.4 * (1 - Math.exp(-(linear - 0.6) / 0.4));
  return x ** (1 / 2.2);
}
