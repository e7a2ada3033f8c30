import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/**
 * After a change of page inside the browser the focus goes to the new heading, as after a full load a screen reader
 * would start there. A change of the query alone (filters, sorting) keeps the focus where the person works.
 */
export function NavigationFocus() {
  const { pathname, hash } = useLocation();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    if (hash) return;
    const heading = document.querySelector<HTMLElement>('main h1');
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, [pathname, hash]);
  return null;
}
