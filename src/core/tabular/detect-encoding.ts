import { readStart } from './read-start.js';
import { TabularFileError } from './tabular-file-error.js';
import { decodeText, type TextEncoding } from './text-encoding.js';
import { wideEncodingOf } from './wide-encoding.js';

const sampleBytes = 64 * 1024;

/** Beyond this share of control characters a file is not text; of random bytes it would be eleven in a hundred. */
const controlShare = 0.01;

const controlCharacters = /[\u0001-\u0008\u000e-\u001f\u007f]/g;

const utf8Only = ['utf-8'] as const;
const eightBitEncodings = ['utf-8', 'gb18030'] as const;

/**
 * Finds how a text file was encoded, and reads it to its end to prove that all of it is.
 * @throws TabularFileError `errors.file.binary` when it is not text, `errors.file.encoding` when it is text but
 * damaged or in an encoding that is not known.
 */
export async function detectEncoding(path: string): Promise<TextEncoding> {
  const sample = await readStart(path, sampleBytes);
  const marked = encodingByMark(sample);
  if (marked) {
    await prove(path, marked);
    return marked;
  }
  const wide = wideEncodingOf(sample);
  const candidates = wide ? [wide] : isMostlyUtf8(sample) ? utf8Only : eightBitEncodings;
  for (const encoding of candidates) if (await isProven(path, encoding)) return encoding;
  throw new TabularFileError(sample.includes(0) ? 'errors.file.binary' : 'errors.file.encoding');
}

function encodingByMark(sample: Buffer): TextEncoding | undefined {
  const start = sample.toString('hex', 0, 3);
  if (start === 'efbbbf') return 'utf-8';
  if (start.startsWith('fffe')) return 'utf-16le';
  if (start.startsWith('feff')) return 'utf-16be';
  return undefined;
}

async function isProven(path: string, encoding: TextEncoding): Promise<boolean> {
  try {
    await prove(path, encoding);
    return true;
  } catch (error) {
    if (error instanceof TabularFileError && error.messageKey === 'errors.file.encoding') return false;
    throw error;
  }
}

async function prove(path: string, encoding: TextEncoding): Promise<void> {
  let characters = 0;
  let controls = 0;
  for await (const text of decodeText(path, encoding)) {
    if (text.includes('\0')) throw new TabularFileError('errors.file.binary');
    characters += text.length;
    controls += text.match(controlCharacters)?.length ?? 0;
  }
  if (controls > characters * controlShare) throw new TabularFileError('errors.file.binary');
}

/** A single bad byte must not turn a whole file from UTF-8 into Chinese-looking nonsense. */
function isMostlyUtf8(sample: Buffer): boolean {
  const beyondAscii = new TextDecoder('utf-8').decode(sample).match(/[^\p{ASCII}]/gu) ?? [];
  const broken = beyondAscii.filter((character) => character === '\ufffd').length;
  return beyondAscii.length > 0 && broken * 4 < beyondAscii.length;
}
