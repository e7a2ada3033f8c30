import type { ProductImage } from '@paydesk/contract/catalogue';

type ProductPictureProps = {
  image: ProductImage;
  /** How wide it is drawn, in the words of the `sizes` attribute. */
  sizes: string;
  /** `high` for the largest picture of the page, `eager` for what is seen at once, `lazy` for the rest. */
  priority?: 'high' | 'eager' | 'lazy';
  className?: string;
  /** Leave out the text where the name of the product stands next to it. */
  decorative?: boolean;
};

export function ProductPicture({
  image,
  sizes,
  priority = 'lazy',
  className,
  decorative,
}: ProductPictureProps) {
  return (
    <picture className="contents">
      <source type="image/avif" srcSet={image.srcset.avif} sizes={sizes} />
      <source type="image/webp" srcSet={image.srcset.webp} sizes={sizes} />
      <img
        src={image.url}
        alt={decorative ? '' : image.alt}
        width={image.width}
        height={image.height}
        loading={priority === 'lazy' ? 'lazy' : 'eager'}
        fetchPriority={priority === 'high' ? 'high' : 'auto'}
        decoding="async"
        className={className}
      />
    </picture>
  );
}

const thumbnailSizes = { small: 'w-14', medium: 'w-16', large: 'w-20 sm:w-24' };

/** A small picture beside a line of a cart or an order, whose name stands next to it. */
export function Thumbnail({
  image,
  size,
}: {
  image: ProductImage | null;
  size: keyof typeof thumbnailSizes;
}) {
  return (
    <div
      className={`aspect-4/5 shrink-0 self-start overflow-hidden rounded-control bg-stage ${thumbnailSizes[size]}`}
    >
      {image && <ProductPicture image={image} sizes="96px" decorative className="size-full object-cover" />}
    </div>
  );
}
