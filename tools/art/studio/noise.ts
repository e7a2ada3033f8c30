/** A repeatable number in 0…1 for a point of an integer lattice. */
export function hash(x: number, y: number, z: number): number {
  let h = (Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(z, 2147483647 - 40503)) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 2246822519);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

const ease = (t: number): number => t * t * (3 - 2 * t);

/** Value noise in 0…1, one bump per unit of length. */
export function noise(x: number, y: number, z: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const iz = Math.floor(z);
  const fx = ease(x - ix);
  const fy = ease(y - iy);
  const fz = ease(z - iz);
  const row = (dy: number, dz: number): number => {
    const left = hash(ix, iy + dy, iz + dz);
    return left + (hash(ix + 1, iy + dy, iz + dz) - left) * fx;
  };
  const near = row(0, 0) + (row(1, 0) - row(0, 0)) * fy;
  const far = row(0, 1) + (row(1, 1) - row(0, 1)) * fy;
  return near + (far - near) * fz;
}

/** Round specks of different sizes, 1 inside a speck; `share` of the cells of a unit lattice hold one. */
export function specks(x: number, y: number, z: number, share: number): number {
  const [ix, iy, iz] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  if (hash(ix, iy, iz) > share) return 0;
  const radius = 0.1 + 0.22 * hash(ix, iy, iz + 71) ** 2;
  const at = (seed: number): number => radius + (1 - 2 * radius) * hash(ix + seed, iy, iz);
  const far = Math.hypot(x - ix - at(13), y - iy - at(29), z - iz - at(47));
  return far < radius ? Math.min(1, (radius - far) * 12) : 0;
}

/** Several octaves of noise on top of each other, in 0…1. */
export function cloud(x: number, y: number, z: number, octaves = 3): number {
  let sum = 0;
  let weight = 0;
  for (let octave = 0, size = 1, share = 1; octave < octaves; octave++, size *= 2.03, share *= 0.5) {
    sum += share * noise(x * size + octave * 17.3, y * size, z * size - octave * 9.1);
    weight += share;
  }
  return sum / weight;
}
