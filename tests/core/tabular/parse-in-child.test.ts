import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseInChild, type ParsedPiece } from '../../../src/core/tabular/parse-in-child.js';
import { buildWorkbook, textRow } from './build-workbook.js';
import { collect } from './collect.js';
import { useTemporaryFiles } from './temporary-files.js';

const write = useTemporaryFiles();
const manyRows = (count: number) =>
  `number,text\n${Array.from({ length: count }, (_, index) => `${index},客户\n`).join('')}`;
const rowsOf = (pieces: readonly ParsedPiece[]) =>
  pieces.flatMap((piece) => (piece.kind === 'rows' ? piece.rows : []));

/** What Node tells of every process that this one starts. */
const startedChildren: ChildProcess[] = [];
function noteChild(message: unknown): void {
  if (typeof message !== 'object' || message === null || !('process' in message)) return;
  if (message.process instanceof ChildProcess) startedChildren.push(message.process);
}

function startedChild(): ChildProcess {
  const child = startedChildren.at(-1);
  if (!child) throw new Error('no process was started');
  return child;
}

async function hasEnded(child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 50 && child.signalCode === null && child.exitCode === null; tries += 1)
    await wait(20);
  return child.signalCode !== null || child.exitCode !== null;
}

describe('R1.8 a file is read in a process of its own', () => {
  beforeEach(() => {
    startedChildren.length = 0;
    subscribe('child_process', noteChild);
  });
  afterEach(() => {
    unsubscribe('child_process', noteChild);
  });

  it('which sends the header and then every row in order', async () => {
    const [header, ...pieces] = await collect(parseInChild(await write(manyRows(12_345)), 'a.csv'));
    expect(header).toEqual({
      kind: 'header',
      format: 'delimited',
      encoding: 'utf-8',
      delimiter: ',',
      header: ['number', 'text'],
    });
    expect(rowsOf(pieces).map((row) => row.cells[0])).toEqual(
      Array.from({ length: 12_345 }, (_, index) => String(index)),
    );
    expect(rowsOf(pieces).at(-1)).toEqual({ rowNumber: 12_346, cells: ['12344', '客户'] });
  });

  it('which reads the sheet that is asked for', async () => {
    const path = await write(buildWorkbook({ sheets: { 甲: textRow(1, 'a'), 乙: textRow(1, 'b') } }));
    const [header] = await collect(parseInChild(path, 'a.xlsx', { sheetName: '乙' }));
    expect(header).toEqual({ kind: 'header', format: 'workbook', sheetName: '乙', header: ['b'] });
  });

  it('which knows no secrets and has a small heap', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://secret');
    const pieces = parseInChild(await write(manyRows(20_000)), 'a.csv');
    await pieces.next();
    vi.unstubAllEnvs();
    const environment = await readFile(`/proc/${startedChild().pid}/environ`, 'utf8');
    const names = environment.split('\0').map((line) => line.split('=')[0] ?? '');
    const allowed = ['PATH', 'LD_LIBRARY_PATH', 'TMPDIR', 'SystemRoot', ''];
    const ofNode = (name: string) => name.startsWith('NODE_CHANNEL_');
    expect(names).toContain('PATH');
    expect(names.filter((name) => !allowed.includes(name) && !ofNode(name))).toEqual([]);
    expect(startedChild().spawnargs).toContain('--max-old-space-size=256');
    await pieces.return(undefined);
  });

  it('which waits while nobody asks for more', async () => {
    const pieces = parseInChild(await write(manyRows(20_000)), 'a.csv');
    await pieces.next();
    const received = vi.fn();
    startedChild().on('message', received);
    await wait(1_000);
    expect(received.mock.calls.length).toBeLessThanOrEqual(3);
    expect(rowsOf(await collect(pieces))).toHaveLength(20_000);
  });

  it('which ends when the reader stops early', async () => {
    const pieces = parseInChild(await write(manyRows(50_000)), 'a.csv');
    await pieces.next();
    await pieces.return(undefined);
    expect(await hasEnded(startedChild())).toBe(true);
  });

  it('which ends when the signal says so, with its reason', async () => {
    const controller = new AbortController();
    const pieces = parseInChild(await write(manyRows(50_000)), 'a.csv', { signal: controller.signal });
    await pieces.next();
    controller.abort(new Error('the import was cancelled'));
    await expect(collect(pieces)).rejects.toThrow('the import was cancelled');
    expect(await hasEnded(startedChild())).toBe(true);
    const late = parseInChild(await write('a\n'), 'a.csv', { signal: controller.signal });
    await expect(late.next()).rejects.toThrow('the import was cancelled');
    expect(startedChildren).toHaveLength(1);
  });

  it('which ends when its time is over', async () => {
    const reading = collect(parseInChild(await write(manyRows(10)), 'a.csv', { timeLimitSeconds: 0.01 }));
    await expect(reading).rejects.toMatchObject({
      messageKey: 'errors.file.timeout',
      params: { seconds: 0.01 },
    });
    expect(await hasEnded(startedChild())).toBe(true);
  });

  it.each([
    ['SIGKILL', 'errors.file.notReadable'],
    ['SIGABRT', 'errors.file.tooComplex'],
  ] as const)('whose death by %s is an error like others', async (signal, messageKey) => {
    const pieces = parseInChild(await write(manyRows(50_000)), 'a.csv');
    await pieces.next();
    startedChild().kill(signal);
    await expect(collect(pieces)).rejects.toMatchObject({ name: 'TabularFileError', messageKey });
  });

  it('which cannot make this one believe nonsense', async () => {
    const pieces = parseInChild(await write(manyRows(50_000)), 'a.csv');
    await pieces.next();
    startedChild().emit('message', { kind: 'rows', rows: [{ rowNumber: -1, cells: [{}] }] });
    await expect(collect(pieces)).rejects.toMatchObject({ messageKey: 'errors.file.notReadable' });
  });

  it('whose errors arrive with their parameters', async () => {
    const reading = collect(parseInChild(await write('a\n1\n"2\n3\n'), 'a.csv'));
    await expect(reading).rejects.toMatchObject({
      messageKey: 'errors.file.unclosedQuote',
      params: { line: 3 },
    });
    const missing = collect(parseInChild('/no/such/file', 'a.csv'));
    await expect(missing).rejects.toMatchObject({ messageKey: 'errors.file.notReadable', params: {} });
  });
});
