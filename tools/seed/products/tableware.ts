import type { SeedProduct } from '../catalogue.ts';

export const tableware: readonly SeedProduct[] = [
  {
    slug: 'stoneware-mug',
    name: 'Stoneware mug',
    description:
      'A straight-sided mug with a handle that takes three fingers. The foot is left unglazed, so you see the clay it is made of. The glaze pools a little differently on each one.',
    attribute: '350 ml, dishwasher safe',
    category: 'tableware',
    price: 2400,
    stock: 120,
    featured: 1,
    images: [
      { view: 'front', alt: 'Pale green stoneware mug with a bare clay foot' },
      { view: 'detail', alt: 'The mug filled with coffee and a second one in sand, seen from above' },
    ],
  },
  {
    slug: 'serving-bowl',
    name: 'Serving bowl',
    description:
      'Wide and low, for salad, pasta or bread at the middle of the table. Speckled clay under a matte white glaze, dark blue inside. It stacks with itself.',
    attribute: '28 cm, holds 2.4 l',
    category: 'tableware',
    price: 4200,
    stock: 34,
    featured: 14,
    images: [
      { view: 'front', alt: 'Wide speckled bowl, white outside and dark blue inside' },
      { view: 'detail', alt: 'The bowl seen from above, filled with lemons' },
    ],
  },
  {
    slug: 'dinner-plates',
    name: 'Dinner plates, set of four',
    description:
      'Flat plates with a low raised rim that keeps sauce where it belongs. Four glazes, picked to sit well together. They survive the oven up to 220 °C.',
    attribute: 'Four plates, 27 cm',
    category: 'tableware',
    price: 8800,
    stock: 22,
    featured: 9,
    images: [
      { view: 'front', alt: 'Stack of four dinner plates in sand, sage, clay and slate' },
      { view: 'detail', alt: 'A sage plate seen from above with a folded linen napkin on it' },
    ],
  },
  {
    slug: 'teapot',
    name: 'Round teapot',
    description:
      'Brews four cups and pours without dripping. The steel strainer basket lifts out, so the tea does not go bitter. The lid stays on when you tip it.',
    attribute: '900 ml, with strainer',
    category: 'tableware',
    price: 6400,
    stock: 18,
    featured: 5,
    images: [
      { view: 'front', alt: 'Round rust-red teapot with a short spout and a wooden knob' },
      { view: 'detail', alt: 'The teapot from a higher angle beside a filled cup' },
    ],
  },
  {
    slug: 'glass-carafe',
    name: 'Glass carafe',
    description:
      'Mouth-blown borosilicate glass with a narrow waist that is easy to hold. Takes hot tea as well as ice water. The oak stopper keeps flies and fridge smells out.',
    attribute: '1 l, oak stopper',
    category: 'tableware',
    price: 3800,
    stock: 46,
    featured: 18,
    images: [
      { view: 'front', alt: 'Clear glass carafe with water and an oak stopper' },
      { view: 'detail', alt: 'The carafe beside a tumbler of water' },
    ],
  },
  {
    slug: 'tumblers',
    name: 'Tumblers, set of four',
    description:
      'Small tinted glasses with a heavy base, for water, juice or wine without ceremony. Two grey, two amber. They stack in pairs.',
    attribute: 'Four glasses, 240 ml',
    category: 'tableware',
    price: 3200,
    stock: 60,
    featured: 24,
    images: [
      { view: 'front', alt: 'Four tinted glass tumblers, two smoke grey and two amber' },
      { view: 'detail', alt: 'One amber tumbler from above, half full' },
    ],
  },
];
