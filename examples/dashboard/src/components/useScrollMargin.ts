import { type RefObject, useLayoutEffect, useState } from 'react';

/** How far below the top of what scrolls a list begins; follows whatever grows or shrinks above it. */
export function useScrollMargin(
  scroll: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
): number {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const outer = scroll.current;
    const inner = list.current;
    if (outer === null || inner === null) {
      return undefined;
    }
    const measure = () => {
      const top = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top;
      setMargin(Math.round(top + outer.scrollTop));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(outer);
    // Whatever stands above the list is a sibling of it or of one it is in.
    for (
      let element = inner.parentElement;
      element && element !== outer;
      element = element.parentElement
    ) {
      [...(element.parentElement?.children ?? [])].forEach((sibling) => observer.observe(sibling));
    }
    return () => observer.disconnect();
  }, [scroll, list]);
  return margin;
}
