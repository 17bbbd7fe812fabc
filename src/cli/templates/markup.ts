/** One EJS tag of a template. */
export interface EjsTag {
  /** What follows `<%`: '' runs, '=' prints, '-' prints unescaped. */
  readonly kind: string;
  readonly code: string;
  readonly index: number;
}

const ejsTag = /<%(?!%)([-=_#]?)([\s\S]*?)[-_]?%>/g;

/** Every EJS tag of a template, in order. */
export function tagsOf(text: string): EjsTag[] {
  return [...text.matchAll(ejsTag)].map(({ 1: kind = '', 2: code = '', index }) => ({
    kind,
    code: code.trim(),
    index,
  }));
}

/** The template without what EJS and HTML comments hold: the same length and lines, other characters blank. */
export function blankedMarkup(text: string): string {
  return text.replace(ejsTag, blank).replace(/<!--[\s\S]*?-->/g, blank);
}

/** The line, counted from 1, in which a character stands. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

const blank = (match: string): string => match.replace(/[^\n]/g, ' ');
