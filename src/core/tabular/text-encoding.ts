import { createReadStream } from 'node:fs';
import { TabularFileError } from './tabular-file-error.js';

/** GB18030 contains GBK and GB 2312, which Excel on a Chinese Windows writes. */
export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const;

export type TextEncoding = (typeof textEncodings)[number];

/**
 * The text of a file in pieces, without a byte order mark.
 * @throws TabularFileError `errors.file.encoding` at the first byte that the encoding does not allow.
 */
export async function* decodeText(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of createReadStream(path)) {
    if (Buffer.isBuffer(chunk)) yield decodePiece(() => decoder.decode(chunk, { stream: true }));
  }
  yield decodePiece(() => decoder.decode());
}

function decodePiece(decode: () => string): string {
  try {
    return decode();
  } catch (error) {
    throw new TabularFileError('errors.file.encoding', {}, { cause: error });
  }
}
