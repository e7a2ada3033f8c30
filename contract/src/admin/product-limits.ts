/** The most that a field of a product may hold, in characters. */
export const productLimits = {
  slug: 80,
  name: 120,
  attribute: 120,
  category: 60,
  description: 5_000,
} as const;
/** Units; more than this is a slip of the keyboard. */
export const maxStock = 1_000_000;
/** Minor units: what one card payment can carry. */
export const maxPrice = 99_999_999;
export const maxPosition = 1_000_000;
/** Pictures of one product. */
export const maxPictures = 12;
/** Bytes of one uploaded picture. */
export const maxPictureBytes = 10 * 1024 * 1024;
/** From this many available units downwards a product is low on stock, as the storefront says it too. */
export const lowStock = 5;

export const slugPattern = '^[a-z0-9]+(-[a-z0-9]+)*$';
/** One line with something in it: no control characters, no halves of characters, no space at its ends. */
export const linePattern = '^[^\\p{Cc}\\p{Cs}\\s]([^\\p{Cc}\\p{Cs}]*[^\\p{Cc}\\p{Cs}\\s])?$';
/** The same, or nothing. */
export const optionalLinePattern = '^([^\\p{Cc}\\p{Cs}\\s]([^\\p{Cc}\\p{Cs}]*[^\\p{Cc}\\p{Cs}\\s])?)?$';
/** Several lines, or nothing. */
export const textPattern = '^([^\\p{Cc}\\p{Cs}]|[\\n\\r\\t])*$';
