import { maxStock } from '@paydesk/contract/admin/product-limits';
import type { AdminProducts, ProductReply } from '@paydesk/contract/admin/products';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Card } from '../../admin/parts/card.tsx';
import { useAction } from '../../admin/parts/use-action.ts';
import { ProductFields } from '../../admin/products/product-fields.tsx';
import { noTexts, textsIn, wantedOf } from '../../admin/products/product-texts.ts';
import { load } from '../../api/load.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { pageTitle, useShopConfig } from '../../shop-config.ts';
import type { Route } from './+types/product-new.ts';

export async function loader({ context }: Route.LoaderArgs): Promise<Pick<AdminProducts, 'categories'>> {
  const { categories } = await load<AdminProducts>(context, '/api/admin/products');
  return { categories };
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Add a product') }];
}

export default function NewProductPage({ loaderData: { categories } }: Route.ComponentProps) {
  const { currency } = useShopConfig();
  const [mistake, setMistake] = useState<string | null>(null);
  const create = useAction<ProductReply>({ path: '/api/admin/products' });
  const navigate = useNavigate();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const wanted = wantedOf(textsIn(form), currency);
    const onHand = String(form.get('onHand') ?? '').trim() || '0';
    if (typeof wanted === 'string') return setMistake(wanted);
    if (!/^\d{1,7}$/.test(onHand) || Number(onHand) > maxStock)
      return setMistake('Enter how many there are.');
    setMistake(null);
    const answer = await create.run({ ...wanted, onHand: Number(onHand) });
    if (answer) await navigate(`/admin/products/${answer.product.id}`);
  };
  const problem = mistake ?? create.problem;
  return (
    <AdminPage
      back={{ to: '/admin/products', label: 'Products' }}
      title="Add a product"
      lead="Pictures are added on its page, once it is there."
    >
      <div className="max-w-2xl">
        <Card title="Details">
          <form onSubmit={(event) => void submit(event)} className="grid gap-4" noValidate>
            {problem && (
              <Notice tone="danger" role="alert">
                {problem}
              </Notice>
            )}
            <ProductFields texts={noTexts} categories={categories} currency={currency} isNew />
            <TextField
              id="onHand"
              label="Units on hand"
              inputMode="numeric"
              autoComplete="off"
              defaultValue="0"
              className="sm:w-1/2"
            />
            <Button type="submit" aria-disabled={create.busy} className="justify-self-end max-sm:w-full">
              {create.busy ? 'One moment…' : 'Add the product'}
            </Button>
          </form>
        </Card>
      </div>
    </AdminPage>
  );
}
