// Stands in for the package `react-style-singleton`, by which dialogs lock scrolling. That one writes `<style>`
// elements, which the page's content security policy refuses; a constructed style sheet is not inline.

import { useEffect } from 'react';

interface Singleton {
  add(css: string): void;
  remove(): void;
}

/** One style sheet, there from the first `add` to the last `remove`. */
export function stylesheetSingleton(): Singleton {
  let uses = 0;
  let sheet: CSSStyleSheet | null = null;
  return {
    add(css) {
      uses += 1;
      if (sheet) return;
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    },
    remove() {
      uses -= 1;
      if (uses > 0) return;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
      sheet = null;
    },
  };
}

/** A hook that keeps one style sheet while it is mounted anywhere. */
export function styleHookSingleton() {
  const sheet = stylesheetSingleton();
  return (styles: string, isDynamic?: boolean) => {
    useEffect(() => {
      sheet.add(styles);
      return () => sheet.remove();
    }, [styles && isDynamic]);
  };
}

/** The same as a component. */
export function styleSingleton() {
  const useStyle = styleHookSingleton();
  return function Sheet({ styles, dynamic }: { styles: string; dynamic?: boolean }) {
    useStyle(styles, dynamic);
    return null;
  };
}
