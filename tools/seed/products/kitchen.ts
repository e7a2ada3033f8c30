import type { SeedProduct } from '../catalogue.ts';

export const kitchen: readonly SeedProduct[] = [
  {
    slug: 'cutting-board',
    name: 'Walnut cutting board',
    description:
      'One piece of oiled walnut with a handle to hang it by. Thick enough to stay flat, light enough to carry to the table. Wash by hand and oil it twice a year.',
    attribute: '42 × 22 cm, oiled',
    category: 'kitchen',
    price: 5800,
    stock: 27,
    featured: 7,
    images: [
      { view: 'front', alt: 'Walnut cutting board with a round handle, standing upright' },
      { view: 'detail', alt: 'The board lying flat with two lemons and a knife on it' },
    ],
  },
  {
    slug: 'chefs-knife',
    name: "Chef's knife",
    description:
      'A 20 cm blade of stainless steel with a gentle belly, balanced just ahead of the handle. It comes sharp and is easy to keep so. The ash handle is riveted through.',
    attribute: '20 cm blade, ash handle',
    category: 'kitchen',
    price: 9600,
    stock: 3,
    featured: 20,
    images: [
      { view: 'front', alt: "Chef's knife with a wide steel blade and a pale wooden handle" },
      { view: 'detail', alt: 'Close view of the riveted handle and the heel of the blade' },
    ],
  },
  {
    slug: 'cast-iron-pan',
    name: 'Cast-iron pan',
    description:
      'Seasoned twice and ready to use. It goes from the hob to the oven to the table, and gets better each year. Heavy, as it should be: 2.3 kg.',
    attribute: '26 cm, any hob',
    category: 'kitchen',
    price: 7200,
    stock: 15,
    featured: 11,
    images: [
      { view: 'front', alt: 'Black cast-iron pan with a long handle' },
      { view: 'detail', alt: 'The pan from above with two fried eggs' },
    ],
  },
  {
    slug: 'pepper-mill',
    name: 'Pepper mill',
    description:
      'Turned walnut over a ceramic grinder that does not rust or blunt. The steel nut on top sets the grind from coarse to dust. Sold empty.',
    attribute: '21 cm, ceramic grinder',
    category: 'kitchen',
    price: 4800,
    stock: 40,
    featured: 22,
    images: [
      { view: 'front', alt: 'Tall turned walnut pepper mill with a steel nut' },
      { view: 'detail', alt: 'The walnut mill beside a pale one, with peppercorns' },
    ],
  },
  {
    slug: 'utensil-crock',
    name: 'Crock with four spoons',
    description:
      'A heavy crock that does not tip over, and the four tools that get used most: two spoons, a slotted spoon and a spatula. Each is cut from a different wood and will darken with use.',
    attribute: 'Stoneware, four wooden tools',
    category: 'kitchen',
    price: 5200,
    stock: 19,
    featured: 28,
    images: [
      { view: 'front', alt: 'White ribbed crock holding four wooden kitchen tools' },
      { view: 'detail', alt: 'The wooden spoons and spatula close up' },
    ],
  },
];
