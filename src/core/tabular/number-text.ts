/** Excel keeps and shows this many significant digits. */
const significantDigits = 15;

/**
 * A number as a person would have typed it: every digit, no exponent, and without the noise of binary fractions
 * (0.1 + 0.2 is `0.3`). Whole numbers keep all digits that a double holds. Empty for what is not a number.
 */
export function textOfNumber(value: number): string {
  if (!Number.isFinite(value)) return '';
  if (Number.isInteger(value)) return BigInt(value).toString();
  const rounded = Number(value.toPrecision(significantDigits)).toString();
  return rounded.includes('e') ? withoutExponent(rounded) : rounded;
}

/** `1.25e-7` as `0.000000125`: only small fractions get here. */
function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text) ?? [];
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${whole}${fraction}`;
}
