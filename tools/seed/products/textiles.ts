import type { SeedProduct } from '../catalogue.ts';

export const textiles: readonly SeedProduct[] = [
  {
    slug: 'wool-throw',
    name: 'Wool throw',
    description:
      'Woven from lambswool in a broad check and brushed once, so it is warm without being heavy. The fringe is knotted by hand. Air it rather than wash it.',
    attribute: '130 × 180 cm, lambswool',
    category: 'textiles',
    price: 12800,
    stock: 12,
    featured: 4,
    images: [
      { view: 'front', alt: 'Folded wool throw in a green and cream check with a fringe' },
      { view: 'detail', alt: 'Close view of the check and the knotted fringe' },
    ],
  },
  {
    slug: 'linen-cushion',
    name: 'Linen cushion',
    description:
      'Washed linen with a piped edge and a feather filling that keeps its shape. The cover has a hidden zip and goes into the machine at 40 °C.',
    attribute: '50 × 50 cm, with filling',
    category: 'textiles',
    price: 5400,
    stock: 38,
    featured: 12,
    images: [
      { view: 'front', alt: 'Square ochre linen cushion with piped edges' },
      { view: 'detail', alt: 'Two cushions, ochre and blue, leaning on each other' },
    ],
  },
  {
    slug: 'apron',
    name: 'Canvas apron',
    description:
      'Heavy cotton canvas that softens with every wash. One wide pocket at the front, a strap that takes its length from two brass studs, and ties long enough to knot in front.',
    attribute: 'One size, wide pocket',
    category: 'textiles',
    price: 4600,
    stock: 25,
    featured: 26,
    images: [
      { view: 'front', alt: 'Slate blue canvas apron hanging from a peg' },
      { view: 'detail', alt: 'The apron pocket with a wooden spoon in it' },
    ],
  },
  {
    slug: 'linen-napkins',
    name: 'Linen napkins, set of five',
    description:
      'Five napkins in five colours, so everybody knows which one is theirs. Stonewashed: soft from the first day and never in need of ironing. The ring is not included.',
    attribute: 'Five napkins, 45 cm',
    category: 'textiles',
    price: 3400,
    stock: 52,
    featured: 16,
    images: [
      { view: 'front', alt: 'Stack of five folded linen napkins in five colours' },
      { view: 'detail', alt: 'A single rolled napkin in a wooden ring' },
    ],
  },
  {
    slug: 'linen-bedding',
    name: 'Linen bedding set',
    description:
      'One duvet cover and two pillowcases in stonewashed linen. Cool in summer, warm in winter, and it looks right without ironing. Wash at 60 °C.',
    attribute: 'Queen size, three pieces',
    category: 'textiles',
    price: 24000,
    stock: 8,
    featured: 17,
    images: [
      { view: 'front', alt: 'Folded set of grey-blue linen bedding tied with a ribbon' },
      { view: 'detail', alt: 'Two linen pillows, one on top of the other' },
    ],
  },
];
