/** What can be said against a change of the catalogue. The same shape as in ../errors.ts, whose list they are part of. */
export const catalogueErrorCodes = {
  price_currency_differs: {
    status: 400,
    retry: false,
    message: 'A price is in the currency of the shop.',
  },
  category_not_usable: {
    status: 400,
    retry: false,
    message: 'No address can be made of this name of a category. Use some letters of a to z or digits.',
  },
  slug_required: {
    status: 400,
    retry: false,
    message: 'No address can be made of this name. Give the product a slug, such as “stoneware-mug”.',
  },
  invalid_discount: { status: 400, retry: false, message: 'This discount code cannot be as it is given.' },
  import_not_readable: { status: 400, retry: false, message: 'This is not a CSV file that can be imported.' },
  discount_not_found: { status: 404, retry: false, message: 'There is no such discount code.' },
  slug_taken: { status: 409, retry: false, message: 'Another product has this address already.' },
  product_changed: {
    status: 409,
    retry: false,
    message: 'Somebody has changed this product meanwhile. Load it again and look at it.',
  },
  product_archived: {
    status: 409,
    retry: false,
    message: 'This product is archived. Bring it back before it is changed.',
  },
  stock_changed: {
    status: 409,
    retry: false,
    message: 'The stock has changed since it was counted. Load it again and look at it.',
  },
  stock_reserved: {
    status: 409,
    retry: false,
    message: 'Orders hold more units than this would leave. Cancel them first, or wait until they end.',
  },
  stock_too_large: { status: 409, retry: false, message: 'A product has at most a million units.' },
  too_many_pictures: { status: 409, retry: false, message: 'A product has at most twelve pictures.' },
  discount_code_taken: { status: 409, retry: false, message: 'There is such a discount code already.' },
  discount_changed: {
    status: 409,
    retry: false,
    message: 'Somebody has changed this discount code meanwhile. Load it again and look at it.',
  },
  discount_used_more: {
    status: 409,
    retry: false,
    message: 'This code was used more often than the new limit allows.',
  },
  import_changed: {
    status: 409,
    retry: false,
    message: 'The file or the products have changed since the preview. Look at it again.',
  },
  import_has_problems: {
    status: 409,
    retry: false,
    message: 'Some lines of the file have problems, so nothing was changed.',
  },
  picture_type_not_taken: {
    status: 415,
    retry: false,
    message: 'Send the picture as a JPEG, PNG, WebP or AVIF file.',
  },
  csv_required: { status: 415, retry: false, message: 'Send the file as text/csv.' },
  picture_not_readable: {
    status: 422,
    retry: false,
    message: 'This picture is damaged, or is not what it says it is.',
  },
  picture_too_many_pixels: {
    status: 422,
    retry: false,
    message: 'This picture has more than 50 million pixels. Make it smaller.',
  },
} as const;
