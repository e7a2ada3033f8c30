import Type, { type Static } from 'typebox';
import { ChangedFields } from './products.ts';

/** Products as a CSV file: written by /api/admin/products.csv, read again by /api/admin/products/import. */

/** The columns, in the order in which they are written. `slug` says which product a line is about. */
export const importColumns = [
  'slug',
  'name',
  'attribute',
  'description',
  'category',
  'price',
  'currency',
  'on_hand',
  'position',
  'active',
] as const;
export type ImportColumn = (typeof importColumns)[number];

/** Lines with products in one file. */
export const maxImportRows = 2_000;
/** Bytes of one file. */
export const maxImportBytes = 2 * 1024 * 1024;
/** How many products, and how many problems, an answer names; all are counted. */
export const maxImportShown = 200;

export const ImportQuery = Type.Object(
  {
    apply: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_-]{43}$',
        description: 'The `fingerprint` of the preview. Without it nothing is changed.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const ImportReport = Type.Object(
  {
    applied: Type.Boolean(),
    created: Type.Integer(),
    changed: Type.Integer(),
    same: Type.Integer({ description: 'Lines that say what is so already.' }),
    problems: Type.Integer({ description: 'With any of them the file cannot be applied.' }),
    products: Type.Array(
      Type.Object(
        {
          line: Type.Integer(),
          slug: Type.String(),
          name: Type.String(),
          action: Type.Enum(['create', 'change']),
          fields: ChangedFields,
        },
        { additionalProperties: false },
      ),
    ),
    firstProblems: Type.Array(
      Type.Object(
        { line: Type.Integer(), column: Type.Union([Type.String(), Type.Null()]), message: Type.String() },
        { additionalProperties: false },
      ),
    ),
    fingerprint: Type.String({ description: 'Stands for exactly these changes.' }),
  },
  { additionalProperties: false },
);
export type ImportReport = Static<typeof ImportReport>;
