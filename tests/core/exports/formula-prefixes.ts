const starts = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const whiteSpace = ['', ' ', '\u00A0', '\u3000'];
const controls = ['\t', '\r', '\n', '\r\n', '\u200B=', '\uFEFF@', '\t=', '\v+'];

/** What may stand before `1+1` so that some spreadsheet program counts with it (OWASP, CSV Injection). */
export const formulaPrefixes: readonly string[] = [
  ...whiteSpace.flatMap((space) => starts.map((start) => `${space}${start}`)),
  ...controls,
];

/** True for text that a cautious reader would not open: written apart from the guard, to check it. */
export function isLiveFormula(text: string): boolean {
  if (['\t', '\r', '\n'].some((control) => text.startsWith(control))) return true;
  const visible = [...text].find((character) => !/^[\s\p{Cc}\p{Cf}\p{Z}]$/u.test(character));
  return visible !== undefined && starts.includes(visible);
}
