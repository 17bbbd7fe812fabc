/**
 * Cuts pieces of UTF-8 only between characters. exceljs 4.4 decodes each piece by itself, so a Chinese character that
 * lies across two of them would turn into question marks (exceljs issues 2063, 2084 and 2316).
 */
export async function* wholeCharacters(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let carried: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = carried.length > 0 ? Buffer.concat([carried, piece]) : piece;
    const end = bytes.length - unfinishedBytes(bytes);
    carried = bytes.subarray(end);
    if (end > 0) yield bytes.subarray(0, end);
  }
  if (carried.length > 0) yield carried;
}

/** How many bytes at the end begin a character that the next piece goes on with: 0 to 3. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes.at(-back) ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return charactersLength(byte) > back ? back : 0;
  }
  return 0;
}

const charactersLength = (firstByte: number) => (firstByte >= 0xf0 ? 4 : firstByte >= 0xe0 ? 3 : 2);
