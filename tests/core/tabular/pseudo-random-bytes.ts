/** Bytes without any order, but the same in every run: the generator of Marsaglia (xorshift32). */
export function pseudoRandomBytes(length: number, seed = 20_261_122): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state & 0xff;
  }
  return bytes;
}
