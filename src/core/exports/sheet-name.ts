const maximumLength = 31;
const fallback = 'Sheet';

/** Excel keeps this name to itself. */
const reserved = 'history';

/**
 * A name that Excel accepts for a sheet, as near to the wanted one as possible and unlike those taken (case does not
 * count): a second sheet `Customers` becomes `Customers (2)`.
 */
export function sheetName(wanted: string, taken: readonly string[]): string {
  const base = trimmed(wanted.replace(/[\\/?*[\]:\p{Cc}]/gu, ' ')) || fallback;
  const isTaken = (name: string): boolean =>
    [reserved, ...taken.map((each) => each.toLowerCase())].includes(name.toLowerCase());
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` (${number})`;
    const name = `${trimmed(base.slice(0, maximumLength - suffix.length))}${suffix}`;
    if (!isTaken(name)) return name;
  }
}

/** Excel refuses apostrophes at the ends; half a character at the cut goes too. */
const trimmed = (name: string): string => name.replace(/^['\s]+|['\s\uD800-\uDBFF]+$/g, '');
