import type { CardBrand } from '../shared/card.ts';
import { element } from '../shared/dom.ts';

const offered: CardBrand[] = ['visa', 'mastercard', 'amex', 'discover'];

const names: Record<CardBrand, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  unknown: 'Card',
};

/** The brands that can be used, until the number says which one it is. */
export function brandPicture(): HTMLElement {
  const node = element('span', { class: 'brands' });
  showBrand(node, 'unknown');
  return node;
}

export function showBrand(node: HTMLElement, brand: CardBrand): void {
  if (node.dataset.brand === brand) return;
  node.dataset.brand = brand;
  node.replaceChildren(...(brand === 'unknown' ? offered : [brand]).map(picture));
}

/** One picture that stays in its place: the card line has no room for the row of brands. */
export function showOneBrand(node: HTMLElement, brand: CardBrand): void {
  if (node.dataset.brand === brand) return;
  node.dataset.brand = brand;
  node.replaceChildren(picture(brand));
}

function picture(brand: CardBrand): HTMLElement {
  const alt = brand === 'unknown' ? '' : names[brand];
  return element('img', { src: `/assets/brands/${brand}.svg`, alt, width: '30', height: '20' });
}
