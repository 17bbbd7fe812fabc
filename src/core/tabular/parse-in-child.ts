import { fork, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../paths.js';
import { anotherPiece, ReadingMessage, type ReadingRequest } from './parse-protocol.js';
import { Stopwatch } from './stopwatch.js';
import { TabularFileError } from './tabular-file-error.js';
import { maximumReadingSeconds, readingHeapMegabytes } from './tabular-limits.js';

/** What a file turns out to be, and then its rows, some hundred at a time. */
export type ParsedPiece = Extract<ReadingMessage, { kind: 'header' | 'rows' }>;

export interface ParsingOptions {
  /** Of a workbook, the sheet to read instead of the first that is not empty. */
  readonly sheetName?: string;
  /** Ends the reading; the reason of the signal is thrown. */
  readonly signal?: AbortSignal;
  /** Seconds that the reading may take, not counting the time in which nobody asks for the next piece. */
  readonly timeLimitSeconds?: number;
}

const isTypeScript = import.meta.url.endsWith('.ts');
const program = join(
  projectRoot,
  isTypeScript ? 'src/core/tabular/parse-worker.ts' : 'dist/core/tabular/parse-worker.js',
);

/** All that the process may know of its surroundings: no passwords, no keys, no options of this process. */
const inheritedVariables = ['PATH', 'LD_LIBRARY_PATH', 'TMPDIR', 'SystemRoot'];

/**
 * Reads an uploaded file with `readTabularFile` in a process of its own, which has limited memory and time and ends with
 * the generator. The first piece is the header. It reads only a few pieces ahead of the one that is asked for.
 * @throws TabularFileError whatever happens to that process: a crash is `errors.file.notReadable`, too little memory
 * `errors.file.tooComplex`, too little time `errors.file.timeout`.
 */
export async function* parseInChild(
  path: string,
  originalName: string,
  { sheetName, signal, timeLimitSeconds = maximumReadingSeconds }: ParsingOptions = {},
): AsyncGenerator<ParsedPiece> {
  signal?.throwIfAborted();
  const child = startChild();
  const kill = () => child.kill('SIGKILL');
  const stopwatch = new Stopwatch(timeLimitSeconds, kill);
  signal?.addEventListener('abort', kill);
  try {
    tell(child, { path, originalName, ...(sheetName !== undefined && { sheetName }) });
    stopwatch.start();
    for await (const piece of piecesFrom(child)) {
      stopwatch.stop();
      yield piece;
      tell(child, anotherPiece);
      stopwatch.start();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (stopwatch.isOver) throw new TabularFileError('errors.file.timeout', { seconds: timeLimitSeconds });
    throw error instanceof TabularFileError ? error : unreadable(error);
  } finally {
    stopwatch.stop();
    signal?.removeEventListener('abort', kill);
    kill();
  }
}

function startChild(): ChildProcess {
  const loader = isTypeScript
    ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
    : [];
  return fork(program, [], {
    execArgv: [`--max-old-space-size=${readingHeapMegabytes}`, ...loader],
    env: Object.fromEntries(inheritedVariables.map((name) => [name, process.env[name]])),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

async function* piecesFrom(child: ChildProcess): AsyncGenerator<ParsedPiece> {
  const messages: AsyncIterable<unknown[]> = on(child, 'message', { close: ['disconnect'] });
  for await (const [received] of messages) {
    const message = ReadingMessage.parse(received);
    if (message.kind === 'end') return;
    if (message.kind === 'failure') throw new TabularFileError(message.messageKey, message.params);
    yield message;
  }
  throw await reasonOfDeath(child);
}

/** V8 ends the process with SIGABRT when its heap is full. */
async function reasonOfDeath(child: ChildProcess): Promise<TabularFileError> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  const isOutOfMemory = child.signalCode === 'SIGABRT' || child.exitCode === 134;
  return isOutOfMemory ? new TabularFileError('errors.file.tooComplex') : unreadable();
}

const unreadable = (cause?: unknown) => new TabularFileError('errors.file.notReadable', {}, { cause });

/** A process that is gone already shows by its disconnection, so an error of sending is left aside. */
function tell(child: ChildProcess, message: ReadingRequest | typeof anotherPiece): void {
  if (child.connected) child.send(message, () => undefined);
}
