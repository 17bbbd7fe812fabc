const fewestDigits = 7;

/**
 * Tells whether a cell of a file holds one of these values, whatever its letters' case; a phone in E.164 also with or
 * without its country code and with anything between its digits. Runs over millions of cells, so it parses no phones.
 */
export function cellMatcher(values: readonly string[]): (cell: string) => boolean {
  const texts = new Set(values.map((value) => value.trim().toLowerCase()));
  const phones = values.filter((value) => /^\+\d+$/.test(value)).map(digitsOf);
  return (cell) => {
    if (texts.has(cell.trim().toLowerCase())) return true;
    const digits = digitsOf(cell);
    return (
      digits.length >= fewestDigits &&
      phones.some((phone) => phone.endsWith(digits.replace(/^0+/, '')) || digits.endsWith(phone))
    );
  };
}

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');
