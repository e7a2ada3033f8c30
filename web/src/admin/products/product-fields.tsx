import { productLimits } from '@paydesk/contract/admin/product-limits';
import type { AdminProducts } from '@paydesk/contract/admin/products';
import { TextAreaField, TextField } from '../../parts/field.tsx';

/** What the fields of a product hold, as text. */
export type ProductTexts = {
  name: string;
  slug: string;
  attribute: string;
  description: string;
  category: string;
  price: string;
  position: string;
  active: boolean;
};

type ProductFieldsProps = {
  texts: ProductTexts;
  categories: AdminProducts['categories'];
  currency: string;
  isNew?: boolean;
};

export function ProductFields({ texts, categories, currency, isNew = false }: ProductFieldsProps) {
  return (
    <>
      <TextField id="name" label="Name" maxLength={productLimits.name} required defaultValue={texts.name} />
      <TextField
        id="attribute"
        label="Attribute"
        hint="The one thing that tells it apart in a list, such as “350 ml, dishwasher safe”."
        maxLength={productLimits.attribute}
        defaultValue={texts.attribute}
      />
      <TextAreaField
        id="description"
        label="Description"
        rows={5}
        maxLength={productLimits.description}
        defaultValue={texts.description}
      />
      <PlaceFields texts={texts} categories={categories} currency={currency} isNew={isNew} />
      <label className="flex min-h-11 items-center gap-2.5">
        <input type="checkbox" name="active" defaultChecked={texts.active} className="size-5" />
        For sale
      </label>
    </>
  );
}

/** What it costs, and where it stands. */
function PlaceFields({ texts, categories, currency, isNew }: ProductFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        id="price"
        label={`Price in ${currency.toUpperCase()}`}
        hint="Without tax."
        inputMode="decimal"
        autoComplete="off"
        required
        defaultValue={texts.price}
      />
      <TextField
        id="category"
        label="Category"
        hint="A new name makes a new one."
        list="categories"
        autoComplete="off"
        maxLength={productLimits.category}
        required
        defaultValue={texts.category}
      />
      <datalist id="categories">
        {categories.map(({ slug, name }) => (
          <option key={slug} value={name} />
        ))}
      </datalist>
      <TextField
        id="slug"
        label="Address"
        hint={
          isNew
            ? 'The end of its page’s address. Empty: made of the name.'
            : 'Links to the old address stop working when it changes.'
        }
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={productLimits.slug}
        defaultValue={texts.slug}
      />
      <TextField
        id="position"
        label="Position"
        hint="In the shop’s own order, 1 first."
        inputMode="numeric"
        autoComplete="off"
        defaultValue={texts.position}
      />
    </div>
  );
}
