import type { ProductImage } from '@paydesk/contract/catalogue';
import { useRef, useState } from 'react';
import { ProductPicture } from '../parts/product-picture.tsx';

/** One picture at a time to swipe through, with its number, and all of them small below. */
export function Gallery({ images }: { images: readonly ProductImage[] }) {
  const strip = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  function show(index: number) {
    const target = strip.current?.children[index] as HTMLElement | undefined;
    strip.current?.scrollTo({ left: target?.offsetLeft ?? 0, behavior: 'smooth' });
  }
  function follow() {
    const { scrollLeft, clientWidth } = strip.current!;
    setCurrent(Math.min(images.length - 1, Math.round(scrollLeft / (clientWidth * 0.92))));
  }
  if (images.length === 0) return <div className="aspect-4/5 rounded-card bg-stage" />;
  return (
    <section aria-label="Pictures" className="lg:flex lg:flex-row-reverse lg:gap-4">
      <div className="relative min-w-0 lg:flex-1">
        <ul
          ref={strip}
          onScroll={follow}
          // What scrolls sideways must scroll with the keyboard too.
          tabIndex={images.length > 1 ? 0 : undefined}
          className="relative flex snap-x snap-mandatory gap-2 overflow-x-auto rounded-card [scrollbar-width:none]"
        >
          {images.map((image, index) => (
            <li
              key={image.url}
              className={`aspect-4/5 shrink-0 snap-start overflow-hidden rounded-card bg-stage ${images.length > 1 ? 'w-[92%] lg:w-full' : 'w-full'}`}
            >
              <ProductPicture
                image={image}
                sizes="(width >= 1280px) 700px, (width >= 1024px) 58vw, 92vw"
                priority={index === 0 ? 'high' : 'lazy'}
                className="size-full object-contain"
              />
            </li>
          ))}
        </ul>
        {images.length > 1 && (
          <p
            aria-hidden="true"
            className="absolute right-3 bottom-3 rounded-full bg-surface px-2.5 py-0.5 text-xs tabular-nums lg:hidden"
          >
            {current + 1}/{images.length}
          </p>
        )}
      </div>
      {images.length > 1 && <Thumbnails images={images} current={current} onShow={show} />}
    </section>
  );
}

type ThumbnailsProps = { images: readonly ProductImage[]; current: number; onShow: (index: number) => void };

function Thumbnails({ images, current, onShow }: ThumbnailsProps) {
  return (
    <ul className="mt-3 flex flex-wrap gap-3 lg:mt-0 lg:w-20 lg:flex-col lg:flex-nowrap">
      {images.map((image, index) => (
        <li key={image.url}>
          <button
            type="button"
            aria-label={`Show picture ${index + 1} of ${images.length}`}
            aria-current={index === current}
            onClick={() => onShow(index)}
            className="block aspect-4/5 w-16 overflow-hidden rounded-control border-2 border-transparent bg-stage aria-current:border-accent lg:w-20"
          >
            <ProductPicture image={image} sizes="80px" decorative className="size-full object-cover" />
          </button>
        </li>
      ))}
    </ul>
  );
}
