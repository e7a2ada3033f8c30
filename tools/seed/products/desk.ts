import type { SeedProduct } from '../catalogue.ts';

export const desk: readonly SeedProduct[] = [
  {
    slug: 'notebook',
    name: 'Cloth notebook',
    description:
      'Two hundred dotted pages that lie flat, bound in cloth with a ribbon and an elastic band. The paper is heavy enough for a fountain pen.',
    attribute: 'A5, 200 dotted pages',
    category: 'desk',
    price: 1800,
    stock: 95,
    featured: 13,
    images: [
      { view: 'front', alt: 'Dark blue cloth notebook with a mustard elastic band' },
      { view: 'detail', alt: 'Three notebooks stacked with a pencil on top' },
    ],
  },
  {
    slug: 'cedar-pencils',
    name: 'Cedar pencils in a cup',
    description:
      'Seven hexagonal cedar pencils, HB, lacquered in seven colours, in a small stoneware cup. They sharpen cleanly and smell like a workshop.',
    attribute: 'Seven pencils, one cup',
    category: 'desk',
    price: 2000,
    stock: 66,
    featured: 15,
    images: [
      { view: 'front', alt: 'Seven coloured pencils in a short stoneware cup' },
      { view: 'detail', alt: 'The sharpened tips of the pencils close up' },
    ],
  },
  {
    slug: 'desk-tray',
    name: 'Oak desk tray',
    description:
      'A shallow tray with three compartments for keys, pens and the things that have no place. Solid oak, felt underneath, edges rounded by hand.',
    attribute: '32 × 20 cm, solid oak',
    category: 'desk',
    price: 5600,
    stock: 14,
    featured: 31,
    images: [
      { view: 'front', alt: 'Oak tray with three compartments' },
      { view: 'detail', alt: 'The tray in use with pencils, a notebook and a stone' },
    ],
  },
  {
    slug: 'table-clock',
    name: 'Table clock',
    description:
      'A quiet clock with a plain face and a beech case. The hand does not tick but glides. Runs for two years on one AA battery.',
    attribute: '14 cm, silent movement',
    category: 'desk',
    price: 8400,
    stock: 1,
    featured: 8,
    images: [
      { view: 'front', alt: 'Round wooden table clock with a white face at ten past ten' },
      { view: 'detail', alt: 'The clock from the side, showing its deep wooden case, beside a red notebook' },
    ],
  },
  {
    slug: 'bud-vase',
    name: 'Stem vase',
    description:
      'A tall-necked vase for one branch or three stems. Matte outside, glazed inside, so it holds water and does not mark the shelf.',
    attribute: '24 cm, matte stoneware',
    category: 'desk',
    price: 3900,
    stock: 33,
    featured: 27,
    images: [
      { view: 'front', alt: 'Round-bellied clay-pink vase holding a leafy branch' },
      { view: 'detail', alt: 'The vase beside a white and a slate-blue one' },
    ],
  },
  {
    slug: 'plant-pot',
    name: 'Terracotta plant pot',
    description:
      'A thick-walled terracotta pot with its own saucer. It breathes, so roots do not rot. The plant is ours; the pot is what you get.',
    attribute: '18 cm, with saucer',
    category: 'desk',
    price: 2800,
    stock: 57,
    featured: 32,
    images: [
      { view: 'front', alt: 'Terracotta pot with a saucer and a green leafy plant' },
      { view: 'detail', alt: 'The empty pot with two smaller ones of the same kind' },
    ],
  },
  {
    slug: 'woven-basket',
    name: 'Woven basket',
    description:
      'Seagrass, woven by hand around a strong rim, with two handles. For blankets, magazines or whatever lies around. Every one is a little different.',
    attribute: '35 cm, seagrass',
    category: 'desk',
    price: 6200,
    stock: 16,
    featured: 33,
    images: [
      { view: 'front', alt: 'Round woven seagrass basket with two handles' },
      { view: 'detail', alt: 'The basket from above with two folded blankets in it' },
    ],
  },
];
