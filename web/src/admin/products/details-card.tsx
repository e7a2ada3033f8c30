import type { AdminProduct, AdminProducts, ProductReply } from '@paydesk/contract/admin/products';
import { type FormEvent, useState } from 'react';
import { useRevalidator } from 'react-router';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Card } from '../parts/card.tsx';
import { useAction } from '../parts/use-action.ts';
import { ProductFields } from './product-fields.tsx';
import { changesBetween, textsIn, textsOf, wantedOf } from './product-texts.ts';

type DetailsCardProps = {
  product: AdminProduct;
  categories: AdminProducts['categories'];
  editable: boolean;
};

/**
 * The words and numbers of a product. What somebody typed stays while pictures and stock are changed beside it; that somebody else has
 * changed the same words is told when it is saved.
 */
export function DetailsCard({ product, categories, editable }: DetailsCardProps) {
  const [base, setBase] = useState(product);
  const [said, setSaid] = useState<{ tone: 'info' | 'danger'; text: string } | null>(null);
  const save = useAction<ProductReply>({ path: `/api/admin/products/${product.id}` });
  const { revalidate } = useRevalidator();
  const isStale = JSON.stringify(textsOf(base)) !== JSON.stringify(textsOf(product));
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const texts = textsIn(new FormData(event.currentTarget));
    const wanted = wantedOf(texts, product.price.currency);
    if (typeof wanted === 'string') return setSaid({ tone: 'danger', text: wanted });
    setSaid(null);
    // Pictures have a version too: one that only they have changed is no reason to refuse these words.
    const version = isStale ? base.version : product.version;
    const answer = await save.run({ version, ...changesBetween(textsOf(base), texts, wanted) });
    // Perhaps somebody else was faster: then what is there now has to be seen.
    if (!answer) return void revalidate();
    setBase(answer.product);
    setSaid({ tone: 'info', text: 'Saved.' });
  };
  const takeNewest = () => {
    save.reset();
    setSaid(null);
    setBase(product);
  };
  const problem = save.problem ?? (said?.tone === 'danger' ? said.text : null);
  return (
    <Card title="Details">
      <form key={base.version} onSubmit={(event) => void submit(event)} noValidate>
        <fieldset disabled={!editable} className="grid gap-4">
          {problem && (
            <Notice tone="danger" role="alert">
              {problem}
              {isStale && (
                <button type="button" onClick={takeNewest} className="block min-h-11 underline">
                  Leave my changes and show what is there now
                </button>
              )}
            </Notice>
          )}
          <ProductFields texts={textsOf(base)} categories={categories} currency={product.price.currency} />
          {editable && (
            <div className="grid gap-2 sm:flex sm:items-center sm:justify-end sm:gap-3">
              <p role="status" className="text-muted">
                {said?.tone === 'info' ? said.text : ''}
              </p>
              <Button type="submit" aria-disabled={save.busy}>
                {save.busy ? 'Saving…' : 'Save'}
              </Button>
            </div>
          )}
        </fieldset>
      </form>
    </Card>
  );
}
