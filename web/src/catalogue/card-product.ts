import type { Product, ProductList } from '@paydesk/contract/catalogue';

/** What a card in a list shows; the rest of a product would only make the page heavier. */
export type CardProduct = Pick<Product, 'id' | 'slug' | 'name' | 'attribute' | 'price' | 'stock' | 'images'>;
export type CardList = Omit<ProductList, 'products'> & { products: CardProduct[] };

/** The front and the picture that is seen on hovering. */
const picturesOfCard = 2;

export function toCardProduct({ id, slug, name, attribute, price, stock, images }: Product): CardProduct {
  return { id, slug, name, attribute, price, stock, images: images.slice(0, picturesOfCard) };
}
