const isOrdinary = (byte: number) =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** Of a table in UTF-16 at least this share are ASCII characters: digits, delimiters, line ends. */
const asciiShare = 0.05;

/**
 * Recognises UTF-16 without a byte order mark. Commas, digits and line ends have an empty upper byte, so its side
 * tells the byte order; a NUL byte alone does not, as 一 is U+4E00.
 */
export function wideEncodingOf(sample: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  let little = 0;
  let big = 0;
  for (let index = 0; index + 1 < sample.length; index += 2) {
    const first = sample[index] ?? 0;
    const second = sample[index + 1] ?? 0;
    if (second === 0 && isOrdinary(first)) little += 1;
    if (first === 0 && isOrdinary(second)) big += 1;
  }
  const enough = (sample.length / 2) * asciiShare;
  if (little >= enough && little > 2 * big) return 'utf-16le';
  if (big >= enough && big > 2 * little) return 'utf-16be';
  return undefined;
}
