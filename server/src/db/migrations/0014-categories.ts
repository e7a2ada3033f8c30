/**
 * A category's products in their order, and all categories without a look at the products themselves. Nothing in it changes with a
 * sale, so a purchase writes no more than before.
 */
export function categoryIndex(): string[] {
  return ['CREATE INDEX products_by_category ON products (category_slug, position, id, category_name)'];
}
