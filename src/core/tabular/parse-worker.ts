import { anotherPiece, piecesInFlight, ReadingRequest, type ReadingMessage } from './parse-protocol.js';
import { readTabularFile } from './read-tabular.js';
import { TabularFileError } from './tabular-file-error.js';
import type { TabularRow } from './tabular-row.js';

/** The program of the process that reads one uploaded file; started by `parseInChild`. */

const rowsPerPiece = 500;
const charactersPerPiece = 256 * 1024;

let allowedPieces = piecesInFlight;
let resume: () => void = () => undefined;

process.on('disconnect', () => process.exit());
process.on('uncaughtException', (error) => void send(failure(error)).then(() => process.exit(1)));

// Whatever a file makes a parser do, it cannot change what every object inherits.
Object.freeze(Object.prototype);

const request = await new Promise<unknown>((resolve) => process.once('message', resolve));
process.on('message', (message) => {
  if (message === anotherPiece) allowedPieces += 1;
  resume();
});
try {
  for await (const message of read(ReadingRequest.parse(request))) {
    while (allowedPieces === 0) await new Promise<void>((resolve) => (resume = resolve));
    allowedPieces -= 1;
    await send(message);
  }
  await send({ kind: 'end' });
} catch (error) {
  await send(failure(error));
}
process.disconnect();

async function* read({ path, originalName, sheetName }: ReadingRequest): AsyncGenerator<ReadingMessage> {
  const { rows, ...heading } = await readTabularFile(path, originalName, sheetName);
  yield { kind: 'header', ...heading };
  let piece: TabularRow[] = [];
  let characters = 0;
  for await (const { rowNumber, cells } of rows) {
    piece.push({ rowNumber, cells });
    for (const cell of cells) characters += cell.length;
    if (piece.length < rowsPerPiece && characters < charactersPerPiece) continue;
    yield { kind: 'rows', rows: piece };
    [piece, characters] = [[], 0];
  }
  if (piece.length > 0) yield { kind: 'rows', rows: piece };
}

/** What went wrong as a message; what an unknown error says stays here, as it may quote the file. */
function failure(error: unknown): ReadingMessage {
  if (!(error instanceof TabularFileError))
    return { kind: 'failure', messageKey: 'errors.file.notReadable', params: {} };
  return { kind: 'failure', messageKey: error.messageKey, params: error.params };
}

async function send(message: ReadingMessage): Promise<void> {
  await new Promise<void>((resolve) => process.send?.(message, () => resolve()));
}
