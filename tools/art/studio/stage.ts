import type { Camera, View } from './camera.ts';
import type { Part } from './material.ts';
import { paint, type V3 } from './vector.ts';

/** The paper backdrop of a category: lit wall, shaded wall, floor. The light is always the same. */
export type Tone = readonly [string, string, string];

export const tones = {
  tableware: ['#f1ebe3', '#dfd5c9', '#e9e1d6'],
  kitchen: ['#f0eee8', '#dbd8cf', '#e7e4dc'],
  textiles: ['#f1ebe7', '#ddd3cc', '#e9e1dc'],
  bath: ['#ebeeea', '#d5dcd6', '#e2e8e3'],
  light: ['#f1e6dc', '#dccabb', '#e9dbce'],
  desk: ['#eeeef0', '#d9dbe0', '#e6e7ea'],
} as const satisfies Record<string, Tone>;

export type Shot = {
  readonly parts: readonly Part[];
  readonly view: View;
  /** Drawn over the things: flames and the glow around them. */
  readonly over?: (camera: Camera) => string;
  /** Darkens the room, from 0 to 1, for things that give light. */
  readonly dusk?: number;
};

export const wide = 1200;
export const high = 1500;

export const groundOf = (tone: Tone): V3 => paint(tone[2]);

/** The whole picture: the backdrop, the rendered things, what glows, and a little grain. */
export function stage(tone: Tone, layer: string, over: string, dusk: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${wide} ${high}">
<defs>
<linearGradient id="wall" x1="0" y1="0" x2="1" y2="0.8"><stop offset="0" stop-color="${tone[0]}"/><stop offset="1" stop-color="${tone[1]}"/></linearGradient>
<linearGradient id="floor" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${tone[2]}" stop-opacity="0"/><stop offset="0.4" stop-color="${tone[2]}"/><stop offset="1" stop-color="${tone[0]}"/></linearGradient>
<radialGradient id="pool" cx="0.28" cy="0.24" r="0.8"><stop offset="0" stop-color="#fff" stop-opacity="0.6"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
<radialGradient id="corner" cx="0.44" cy="0.46" r="0.86"><stop offset="0.6" stop-color="#3a2c20" stop-opacity="0"/><stop offset="1" stop-color="#3a2c20" stop-opacity="0.09"/></radialGradient>
<filter id="soft" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="40"/></filter>
<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.8" numOctaves="2" seed="11"/><feColorMatrix values="0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0.05 0"/></filter>
</defs>
<rect width="${wide}" height="${high}" fill="url(#wall)"/>
<rect y="760" width="${wide}" height="740" fill="url(#floor)"/>
<rect width="${wide}" height="${high}" fill="url(#pool)"/>
<rect width="${wide}" height="${high}" fill="#46301f" opacity="${dusk}"/>
<image width="${wide}" height="${high}" xlink:href="${layer}"/>
${over}
<rect width="${wide}" height="${high}" fill="url(#corner)"/>
<rect width="${wide}" height="${high}" filter="url(#grain)" style="mix-blend-mode:overlay"/>
</svg>`;
}
