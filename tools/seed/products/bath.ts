import type { SeedProduct } from '../catalogue.ts';

export const bath: readonly SeedProduct[] = [
  {
    slug: 'hand-wash',
    name: 'Hand wash',
    description:
      'A mild liquid soap that smells of rosemary and cedar, and only a little. The glass bottle is meant to stay: refills come in pouches.',
    attribute: '300 ml, amber glass',
    category: 'bath',
    price: 2200,
    stock: 140,
    featured: 3,
    images: [
      { view: 'front', alt: 'Amber glass bottle of hand wash with a black pump' },
      { view: 'detail', alt: 'Two amber bottles, one with a pump and one with a screw cap' },
    ],
  },
  {
    slug: 'olive-soap',
    name: 'Olive oil soap',
    description:
      'A plain bar made from olive oil, water and soda, cured for six weeks. Unscented, for hands and for faces that dislike perfume. The dish is not included.',
    attribute: '120 g, unscented',
    category: 'bath',
    price: 600,
    stock: 260,
    featured: 19,
    images: [
      { view: 'front', alt: 'Green soap bar stamped with a leaf, on a slatted wooden dish' },
      { view: 'detail', alt: 'Three stacked soap bars in olive, clay and cream' },
    ],
  },
  {
    slug: 'bath-brush',
    name: 'Bath brush',
    description:
      'Beech handle, firm plant-fibre bristles and a cotton loop. Long enough for the middle of your back. Let it dry bristles down.',
    attribute: '40 cm, plant fibre',
    category: 'bath',
    price: 2800,
    stock: 31,
    featured: 30,
    images: [
      { view: 'front', alt: 'Long-handled wooden bath brush with pale bristles' },
      { view: 'detail', alt: 'Close view of the oval brush head and its bristles' },
    ],
  },
  {
    slug: 'bath-salts',
    name: 'Bath salts',
    description:
      'Coarse sea salt with dried lavender and nothing else. Two handfuls are enough for a full tub; the jar lasts about ten baths.',
    attribute: '600 g, cork lid',
    category: 'bath',
    price: 2600,
    stock: 44,
    featured: 21,
    images: [
      { view: 'front', alt: 'Glass jar of coarse bath salt with a cork lid' },
      { view: 'detail', alt: 'The open jar from above with the cork beside it' },
    ],
  },
  {
    slug: 'bath-towels',
    name: 'Bath towels, set of three',
    description:
      'Thick cotton terry that dries you in one go: one bath towel, one hand towel, one for the guests. They shed a little in the first wash, then no more.',
    attribute: 'Three sizes, 600 g/m²',
    category: 'bath',
    price: 7800,
    stock: 29,
    featured: 10,
    images: [
      { view: 'front', alt: 'Stack of three folded terry towels in white, sand and sea green' },
      { view: 'detail', alt: 'Three rolled towels piled in a pyramid' },
    ],
  },
];
