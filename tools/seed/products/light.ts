import type { SeedProduct } from '../catalogue.ts';

export const light: readonly SeedProduct[] = [
  {
    slug: 'scented-candle',
    name: 'Scented candle',
    description:
      'Rapeseed wax with fig leaf and smoke. Burns for about 45 hours; trim the wick before each. The glass makes a good tumbler afterwards.',
    attribute: '220 g, about 45 hours',
    category: 'light',
    price: 3000,
    stock: 75,
    featured: 6,
    images: [
      { view: 'front', alt: 'Lit candle in a clear glass with a small paper label' },
      { view: 'detail', alt: 'The burning candle from above, three matches beside it' },
    ],
  },
  {
    slug: 'table-lamp',
    name: 'Table lamp',
    description:
      'A turned ceramic foot under a pleated linen shade. Gives a warm, even light to read by. The cord is covered in cotton and has a switch on it.',
    attribute: '46 cm, LED bulb included',
    category: 'light',
    price: 14500,
    stock: 9,
    featured: 2,
    images: [
      { view: 'front', alt: 'Table lamp with a green ceramic foot and a glowing linen shade' },
      { view: 'detail', alt: 'The lamp in the evening beside a small stack of books' },
    ],
  },
  {
    slug: 'lantern',
    name: 'Garden lantern',
    description:
      'Powder-coated steel and four panes of glass, with a door for the candle. Stands out in the rain without rusting. The candle is not included.',
    attribute: '34 cm, for outdoors',
    category: 'light',
    price: 6800,
    stock: 0,
    featured: 23,
    images: [
      { view: 'front', alt: 'Black metal lantern with glass panes and a lit candle inside' },
      { view: 'detail', alt: 'The lantern in the evening, seen from a corner and from above' },
    ],
  },
  {
    slug: 'reed-diffuser',
    name: 'Reed diffuser',
    description:
      'Bergamot and vetiver in a square-shouldered bottle with seven reeds. Turn the reeds once a week. Lasts about three months in a normal room.',
    attribute: '150 ml, about 3 months',
    category: 'light',
    price: 3600,
    stock: 48,
    featured: 25,
    images: [
      { view: 'front', alt: 'Grey glass reed diffuser with seven reeds' },
      { view: 'detail', alt: 'The diffuser beside a small vase' },
    ],
  },
  {
    slug: 'taper-candles',
    name: 'Beeswax tapers with holders',
    description:
      'Three dipped beeswax candles and three small brass holders. They smell faintly of honey and burn for about eight hours each.',
    attribute: 'Three candles, three holders',
    category: 'light',
    price: 4400,
    stock: 21,
    featured: 29,
    images: [
      { view: 'front', alt: 'Three tall beeswax candles of different heights in brass holders' },
      { view: 'detail', alt: 'Two of the brass holders close up' },
    ],
  },
];
