import { maxPictures } from '@paydesk/contract/admin/product-limits';
import type { AdminProduct } from '@paydesk/contract/admin/products';
import type { ProductImage } from '@paydesk/contract/catalogue';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';
import ImagePlus from 'lucide-react/icons/image-plus';
import Pencil from 'lucide-react/icons/pencil';
import Trash from 'lucide-react/icons/trash';
import { type DragEvent, type ReactNode, useState } from 'react';
import { TextField } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { ProductPicture } from '../../parts/product-picture.tsx';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { Card } from '../parts/card.tsx';
import { useAction } from '../parts/use-action.ts';
import { UploadList } from './upload-list.tsx';
import { useUploads } from './use-uploads.ts';

type PicturesCardProps = { product: AdminProduct; editable: boolean };

const pathOf = (product: AdminProduct) => `/api/admin/products/${product.id}/pictures/arrange`;

/** The pictures of a product in their order: the first one is shown in lists, carts and orders. */
export function PicturesCard({ product, editable }: PicturesCardProps) {
  const { uploads, add } = useUploads(product.id);
  const [doing, setDoing] = useState<{ what: 'words' | 'remove'; image: ProductImage } | null>(null);
  const move = useAction({ path: pathOf(product) });
  const { images } = product;
  const swap = (index: number, by: 1 | -1) => {
    const next = [...images];
    [next[index], next[index + by]] = [next[index + by]!, next[index]!];
    void move.run(arrangement(product, next));
  };
  return (
    <Card title="Pictures">
      {move.problem && (
        <Notice tone="danger" role="alert" className="mb-3">
          {move.problem}
        </Notice>
      )}
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-4">
        {images.map((image, index) => (
          <li key={image.url} className="min-w-0">
            <div className="aspect-4/5 overflow-hidden rounded-control bg-stage">
              <ProductPicture image={image} sizes="220px" className="size-full object-contain" />
            </div>
            <p className="mt-1 line-clamp-2 min-h-8 text-muted text-xs">{image.alt || 'No words yet'}</p>
            {editable && (
              <Tools
                number={index + 1}
                isLast={index === images.length - 1}
                swap={(by) => swap(index, by)}
                edit={(what) => setDoing({ what, image })}
              />
            )}
          </li>
        ))}
        {editable && images.length < maxPictures && (
          <li>
            <AddPictures add={(files) => void add(files)} />
          </li>
        )}
      </ul>
      <UploadList uploads={uploads} />
      <WordsDialog
        product={product}
        image={doing?.what === 'words' ? doing.image : null}
        onClose={() => setDoing(null)}
      />
      <RemoveDialog
        product={product}
        image={doing?.what === 'remove' ? doing.image : null}
        onClose={() => setDoing(null)}
      />
    </Card>
  );
}

function arrangement({ version }: AdminProduct, images: readonly ProductImage[]) {
  return { version, pictures: images.map(({ url, alt }) => ({ url, alt })) };
}

type ToolsProps = {
  number: number;
  isLast: boolean;
  swap(by: 1 | -1): void;
  edit(what: 'words' | 'remove'): void;
};

function Tools({ number, isLast, swap, edit }: ToolsProps) {
  return (
    <div className="mt-1 flex justify-between">
      <Tool label={`Picture ${number} earlier`} off={number === 1} act={() => swap(-1)}>
        <ArrowLeft aria-hidden="true" size={16} />
      </Tool>
      <Tool label={`Picture ${number} later`} off={isLast} act={() => swap(1)}>
        <ArrowRight aria-hidden="true" size={16} />
      </Tool>
      <Tool label={`Words of picture ${number}`} act={() => edit('words')}>
        <Pencil aria-hidden="true" size={16} />
      </Tool>
      <Tool label={`Remove picture ${number}`} act={() => edit('remove')}>
        <Trash aria-hidden="true" size={16} />
      </Tool>
    </div>
  );
}

type ToolProps = { label: string; off?: boolean; act(): void; children: ReactNode };

function Tool({ label, off = false, act, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={off}
      onClick={act}
      className="grid size-11 place-items-center rounded-control hover:bg-hover disabled:opacity-30 lg:size-9"
    >
      {children}
    </button>
  );
}

function AddPictures({ add }: { add(files: Iterable<File>): void }) {
  const [isOver, setIsOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    add(event.dataTransfer.files);
  };
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={`flex aspect-4/5 cursor-pointer flex-col items-center justify-center gap-2 rounded-control border border-control border-dashed p-2 text-center text-muted focus-within:outline-2 focus-within:outline-focus focus-within:outline-offset-2 hover:bg-hover ${isOver ? 'bg-accent-soft' : ''}`}
    >
      <ImagePlus aria-hidden="true" size={20} strokeWidth={1.75} />
      <span>Add pictures</span>
      <span className="text-xs">JPEG, PNG, WebP or AVIF, up to 10 MB</span>
      <input
        type="file"
        accept="image/jpeg,image/png,image/webp,image/avif"
        multiple
        className="sr-only"
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </label>
  );
}

type DialogProps = { product: AdminProduct; image: ProductImage | null; onClose(): void };

function WordsDialog({ product, image, onClose }: DialogProps) {
  return (
    <ActionDialog
      open={image !== null}
      onClose={onClose}
      title="Words of the picture"
      path={pathOf(product)}
      action="Save"
      bodyOf={(form) => {
        const alt = String(form.get('alt') ?? '').trim();
        return arrangement(
          product,
          product.images.map((one) => (one.url === image?.url ? { ...one, alt } : one)),
        );
      }}
    >
      <TextField
        id="alt"
        label="What it shows"
        hint="For those who cannot see it, such as “Green mug from the side”."
        maxLength={200}
        autoComplete="off"
        defaultValue={image?.alt}
      />
    </ActionDialog>
  );
}

function RemoveDialog({ product, image, onClose }: DialogProps) {
  return (
    <ActionDialog
      open={image !== null}
      onClose={onClose}
      title="Remove the picture"
      path={pathOf(product)}
      action="Remove"
      danger
      bodyOf={() =>
        arrangement(
          product,
          product.images.filter(({ url }) => url !== image?.url),
        )
      }
    >
      <p>It is no longer shown with the product. Orders that were placed with it go on showing it.</p>
    </ActionDialog>
  );
}
