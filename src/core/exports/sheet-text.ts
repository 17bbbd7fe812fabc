/** Most characters in one cell, in UTF-16 units: a limit of Excel. */
export const maximumCellLength = 32_767;

/** Cuts text at what a cell can hold, with an ellipsis and without halving a character. */
export function shortenedText(text: string): string {
  const cut = text.slice(0, maximumCellLength - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

const special = /[&<>\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|_x[\da-f]{4}_/i;
const literalCode = /_(?=x[\da-f]{4}_)/gi;

/**
 * What XML 1.0 cannot hold. An ampersand that begins an entity joins them, because exceljs decodes entities in inline
 * text twice when it reads: `&lt;` would come back as `<`.
 */
const unwritable = /[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|&(?=(?:lt|gt|amp|apos|quot);)/g;
const markup: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text for a sheet's XML. Characters that it cannot hold become `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
export function sheetText(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replace(literalCode, '_x005F_')
    .replace(unwritable, (character) => `_x${hexadecimal(character.charCodeAt(0))}_`)
    .replace(/[&<>]/g, (character) => markup[character] ?? '');
}

const hexadecimal = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');
