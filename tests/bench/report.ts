import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { boundOf, budgets, isWithin, type Bound, type RequestKind } from './bounds.js';
import type { Figures } from './measure.js';
import type { Obligation } from './measure-obligations.js';
import type { WorkRow } from './measure-work.js';
import type { Scale } from './scale.js';

export interface ReportRow {
  readonly name: string;
  readonly one: Figures;
  readonly eight: Figures;
  /** The bare page: at one in turns with the request, at eight right after it. */
  readonly floor: { readonly one: Figures; readonly eight: Figures };
  /** Bytes on the wire, compressed. */
  readonly bytes: number;
  readonly statements: number;
  readonly kind: RequestKind;
}

export interface Report {
  readonly scale: Scale;
  readonly obligations: readonly Obligation[];
  readonly rows: readonly ReportRow[];
  readonly memory: { readonly now: number; readonly most: number };
  readonly work: readonly WorkRow[];
  /** Seconds of a bare exceljs writer for as many rows as were imported. */
  readonly bareWorkbook: number;
}

/** How many times the floor's each median was in an earlier run with fewer customers, by request. */
export type EarlierRatios = ReadonlyMap<string, number>;

/** How many times as long as the bare page beside it. */
export const ratioOf = ({ one, floor }: ReportRow): number => one.p50 / floor.one.p50;

/** Which share of the bare page's requests per second it reaches at 8. */
const shareAtEight = ({ eight, floor }: ReportRow): number => eight.perSecond / floor.eight.perSecond;

const shareOf = ({ share }: Bound): string => (share === undefined ? '–' : fixed(share, 2));

/** Within its budget, within what is argued in docs/performance.md, or over both. */
export function verdictOf(row: ReportRow, argued: Bound): 'within' | 'argued' | 'over' {
  const measured = { times: ratioOf(row), share: shareAtEight(row) };
  if (isWithin(measured, budgets[row.kind])) return 'within';
  return isWithin(measured, argued) ? 'argued' : 'over';
}

const fixed = (value: number, digits = 1): string => value.toFixed(digits);

/** The median of all, and between which most lie: “2.1 (1.8 to 2.6)”. */
function range(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => fixed(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN);
  return `${at(0.5)} (${at(0.1)} to ${at(0.9)})`;
}

const numbered = (value: number): string => value.toLocaleString('en');

const workLine = ({ name, seconds, budget, memory, othersP95, outcome }: WorkRow): string =>
  `| ${[name, fixed(seconds), budget ?? '–', fixed(memory.pages, 0), fixed(memory.worker, 0), fixed(othersP95), outcome].join(' | ')} |`;

/** The figures as a section of docs/performance.md. */
export function reportText(
  { scale, obligations, rows, memory, work, bareWorkbook }: Report,
  earlier: EarlierRatios = new Map(),
): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const lines = rows.map((row) => {
    const { name, one, eight, bytes, statements, kind } = row;
    const ratio = ratioOf(row);
    const share = shareAtEight(row);
    const argued = boundOf(row, obligations);
    const before = earlier.get(name);
    const growth = before === undefined ? '–' : fixed(ratio / before);
    return `| ${[name, fixed(one.p50), fixed(one.p95), fixed(ratio), budgets[kind].times, fixed(argued.times), growth, fixed(eight.p50), fixed(eight.perSecond, 0), fixed(share, 2), shareOf(argued), statements, fixed(bytes / 1_000), verdictOf(row, argued)].join(' | ')} |`;
  });
  return [
    `## ${scale.name}: ${numbered(scale.customers)} customers, ${numbered(scale.serviceRequests)} service requests`,
    '',
    `Commit ${commit}, ${cpus().length} cores, seed 0.42, ${scale.requests} requests for each figure after ${scale.warmUp} to warm up, keep-alive.`,
    `Floor, measured beside each request: p50 ${range(rows.map(({ floor }) => floor.one.p50))} ms at concurrency 1, ${range(rows.map(({ floor }) => floor.eight.perSecond))} requests/s at 8.`,
    `Memory of the process: ${fixed(memory.now, 0)} MB in the end, ${fixed(memory.most, 0)} MB at most.`,
    '',
    '| request | p50 ms | p95 ms | × floor | budget × | argued × | × small | p50 ms at 8 | requests/s at 8 | of the floor’s | argued | statements | kB | budget |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
    '| the floor, and what it leaves out | p50 ms | × floor | requests/s at 8 | of the floor’s |',
    '|---|---|---|---|---|',
    ...obligations.map(({ name, p50, perSecond }) => {
      const floor = obligations[0] ?? { p50, perSecond };
      const share = fixed(perSecond / floor.perSecond, 2);
      return `| ${[name, fixed(p50), fixed(p50 / floor.p50), fixed(perSecond, 0), share].join(' | ')} |`;
    }),
    '',
    `The file that is imported has ${numbered(scale.importRows)} rows. A bare exceljs writer of as many rows of 15 cells: ${fixed(bareWorkbook)} s.`,
    '',
    '| long work | seconds | budget | pages, MB at most | worker, MB at most | list of others meanwhile, p95 ms | outcome |',
    '|---|---|---|---|---|---|---|',
    ...work.map(workLine),
    '',
  ].join('\n');
}
