import { z } from 'zod';
import type { Database } from '../database.js';
import { InvalidInput } from '../errors.js';
import { allOf, rawSql, sql, type Sql } from '../sql.js';
import { knownCountsOf } from './known-counts.js';
import {
  asJson,
  gathering,
  idType,
  mostGathered,
  pageOf,
  pageOfGathered,
  pageOfSorted,
  pageOfWalked,
  pageSize,
  type Cursor,
  type ListOrder,
  type PageRequest,
} from './page-statement.js';

/** Counting stops here: a list of more rows says "10,000+". */
export const countCap = 10_000;
/** And here where finding is the work, in searches and work lists: nobody leafs through a thousand hits. */
export const lowCountCap = 1_000;

const CursorParts = z.tuple([
  z.enum(['next', 'previous']),
  z.string().max(2_000),
  z.union([z.uuid(), z.string().regex(/^\d{1,19}$/)]),
]);

/** The query parameters every list takes, besides one per filter: `q`, `sort` (`name`, `-createdAt`), `after` (opaque). */
export function listParameters<SortName extends string>(sortNames: readonly SortName[]) {
  return {
    q: z
      .string()
      .trim()
      .max(200)
      .refine((text) => !text.includes('\u0000') && text.isWellFormed(), 'errors.unstorable')
      .optional(),
    sort: z
      .string()
      .transform((text) => ({ text, name: text.replace(/^-/, '') }))
      .refine(
        (sort): sort is { text: string; name: SortName } => sortNames.some((name) => name === sort.name),
        'errors.notAChoice',
      )
      .transform(({ text, name }): ListOrder<SortName> => ({
        name: sortNames.find((known) => known === name) ?? name,
        descending: text.startsWith('-'),
      }))
      .optional(),
    after: z.string().max(4_000).transform(decodeCursor).optional(),
  };
}

function decodeCursor(text: string, context: z.RefinementCtx): Cursor {
  try {
    const [direction, value, id] = CursorParts.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    return { backwards: direction === 'previous', value, id };
  } catch {
    context.addIssue({ code: 'custom', message: 'errors.notAChoice', input: text });
    return z.NEVER;
  }
}

const encodeCursor = (direction: 'next' | 'previous', value: string, id: string): string =>
  Buffer.from(JSON.stringify([direction, value, id])).toString('base64url');

export interface ListRequest<Row> extends PageRequest {
  /** Columns to select, without the id and the sort value. */
  readonly select: Sql;
  /** Fewer tables that give the same count, where the joins only add columns. */
  readonly countFrom?: Sql;
  /**
   * True when nothing but the viewer, a tab and the place in the list decides what is found: one plan, made once, suits
   * all of these pages, so nothing is gained by finding ids first …
   */
  readonly isUnfiltered?: boolean;
  /** … but where PostgreSQL would join all of them before it keeps a page. Only with `seekFrom`. */
  readonly joinsLate?: boolean;
  /**
   * True where the viewer sees a part of the rows only, and no index holds it in the order of the list. A plan without
   * values would walk along that order past a million rows of others for the few of a newcomer: such a list is planned
   * once only while it is known to be longer than its cap, otherwise for the viewer.
   */
  readonly mayBeRare?: boolean;
  /**
   * True where few rows are found, by indexes that do not sort: they are gathered once, for the page and its count, up
   * to `mostGathered` of them. Of more, the list itself meets a page full soon. Only with `seekFrom`.
   */
  readonly isGathered?: boolean;
  /** Where counting stops; `countCap` unless told. */
  readonly countCap?: number;
  /** The count, up to the cap and one, where something else on the page counts the same rows. Only without `seekFrom`. */
  readonly counted?: Promise<number> | undefined;
  readonly row: z.ZodType<Row>;
}

export interface ListResult<Row> {
  readonly rows: readonly (Row & { readonly id: string })[];
  /** Up to `countCap` + 1, which means "more". */
  readonly count: number;
  readonly countCap: number;
  readonly nextCursor: string;
  readonly previousCursor: string;
}

/** Where a row stands in its list. */
const Position = z.object({ id: z.string(), sort_value: z.string() });
type Position = z.infer<typeof Position>;
const Identified = Position.pick({ id: true });
const Counted = z.object({ count: z.number() });

/** The rows of a page and one more, in the order of the statement, and the count of all. */
interface Found<Row> {
  readonly rows: readonly (Row & Position)[];
  readonly count: number;
}

/** The page of a list that is known to be empty. */
export const emptyPage = <Row>(): ListResult<Row> => ({
  rows: [],
  count: 0,
  countCap,
  nextCursor: '',
  previousCursor: '',
});

/** One page of a list by keyset, in two statements. */
export async function listPage<Row>(database: Database, request: ListRequest<Row>): Promise<ListResult<Row>> {
  const { seekFrom, isGathered, joinsLate, isUnfiltered } = request;
  const seeksFirst = seekFrom !== undefined && (isGathered || joinsLate || !isUnfiltered);
  const find = seeksFirst ? seekThenJoin : joinAtOnce;
  const found = await find(database, request).catch(rejectBadCursor(request.cursor));
  const isBackwards = request.cursor?.backwards ?? false;
  const hasMore = found.rows.length > pageSize;
  const shown = found.rows.slice(0, pageSize);
  if (isBackwards) shown.reverse();
  const first = shown[0];
  const last = shown.at(-1);
  const hasNext = isBackwards ? last !== undefined : hasMore;
  const hasPrevious = isBackwards ? hasMore : request.cursor !== undefined;
  return {
    rows: shown,
    count: found.count,
    countCap: capOf(request),
    nextCursor: hasNext && last ? encodeCursor('next', last.sort_value, last.id) : '',
    previousCursor: hasPrevious && first ? encodeCursor('previous', first.sort_value, first.id) : '',
  };
}

/** What finds the rows of a list, planned by the values of its filters; without any, once. */
const rowsOf = <Row, Answer>(
  database: Database,
  request: ListRequest<Row>,
  statement: Sql,
  answer: z.ZodType<Answer>,
  isOverCap = false,
): Promise<Answer[]> =>
  request.isUnfiltered && (isOverCap || !request.mayBeRare)
    ? database.preparedRows(statement, answer)
    : database.rows(statement, answer);

/** Rows and count beside each other. */
async function joinAtOnce<Row>(database: Database, request: ListRequest<Row>): Promise<Found<Row>> {
  const counting = countOf(request);
  const known = knownCountsOf(database);
  const isOverCap = known.isCapped(counting);
  const page = pageOf(request, request.from, sql`, ${request.select}`);
  const finding = rowsOf(database, request, page, z.unknown(), isOverCap).then((rows) =>
    rows.map((row) => ({ ...request.row.parse(row), ...Position.parse(row) })),
  );
  if (isOverCap && !request.counted) {
    const rows = await finding;
    return { rows, count: countBeyondCap(request, rows.length) };
  }
  const [rows, count] = await Promise.all([finding, request.counted ?? counted(database, request, counting)]);
  if (count <= capOf(request)) return { rows, count };
  known.noteCapped(counting);
  return { rows, count: countBeyondCap(request, rows.length) };
}

async function counted<Row>(database: Database, request: ListRequest<Row>, counting: Sql): Promise<number> {
  const [row] = await rowsOf(database, request, sql`SELECT ${counting} AS count`, Counted);
  return Counted.parse(row).count;
}

/** Ids and count first, then the columns of these rows; one that was deleted in between is left out. */
async function seekThenJoin<Row>(database: Database, request: ListRequest<Row>): Promise<Found<Row>> {
  const { positions, count } = await seek(database, request);
  if (positions.length === 0) return { rows: [], count };
  const joined = await database.preparedRows(
    sql`SELECT ${request.id}::text AS id, ${request.select} FROM ${request.from}
        WHERE ${request.id} = ANY(${positions.map(({ id }) => id)}::${idType(request)}[])`,
    z.unknown(),
  );
  const byId = new Map(joined.map((row) => [Identified.parse(row).id, row]));
  const rows = positions.flatMap((position) =>
    byId.has(position.id) ? { ...request.row.parse(byId.get(position.id)), ...position } : [],
  );
  return { rows, count };
}

const Positions = z.object({ positions: z.array(Position) });
const Sought = Positions.extend({ count: z.number() });
type Sought = z.infer<typeof Sought>;

/** Where the rows of the page stand, and the count of all unless it is known to be over its cap. */
async function seek<Row>(database: Database, request: ListRequest<Row>): Promise<Sought> {
  if (request.isGathered) return seekGathered(database, request);
  const counting = countOf(request);
  const known = knownCountsOf(database);
  const page = asJson(pageOf(request, request.seekFrom ?? request.from));
  if (known.isCapped(counting)) {
    const [found] = await rowsOf(database, request, sql`SELECT ${page} AS positions`, Positions, true);
    const { positions } = Positions.parse(found);
    return { positions, count: countBeyondCap(request, positions.length) };
  }
  const statement = sql`SELECT ${page} AS positions, ${counting} AS count`;
  const sought = Sought.parse((await rowsOf(database, request, statement, Sought))[0]);
  if (sought.count > capOf(request)) known.noteCapped(counting);
  return sought;
}

/**
 * The same where hits are gathered. What is done with more of them than that is a statement of its own: most searches find
 * few, and planning takes as long as finding them.
 */
async function seekGathered<Row>(database: Database, request: ListRequest<Row>): Promise<Sought> {
  const wanted = gathering(request);
  const known = knownCountsOf(database);
  if (!known.isCapped(wanted)) {
    const statement = sql`
      WITH gathered AS MATERIALIZED (${wanted})
      SELECT ${asJson(pageOfGathered(request))} AS positions, (SELECT count(*)::integer FROM gathered) AS count`;
    const [sought] = await rowsOf(database, request, statement, Sought);
    const { positions, count } = Sought.parse(sought);
    if (count <= mostGathered) return { positions, count: Math.min(count, capOf(request) + 1) };
    known.noteCapped(wanted);
  }
  const positions = await seekBeyondGathered(database, request);
  return { positions, count: countBeyondCap(request, positions.length) };
}

/** The page as the list is walked; where its first rows do not fill it, out of all hits. */
async function seekBeyondGathered(database: Database, request: PageRequest): Promise<Position[]> {
  const { walking } = request;
  if (!walking) {
    const page = pageOf(request, request.seekFrom ?? request.from);
    return positionsOf(database.rows(sql`SELECT ${asJson(page)} AS positions`, Positions));
  }
  const walk = sql`SELECT ${asJson(pageOfWalked(request, walking))} AS positions`;
  const walked = await positionsOf(database.rows(walk, Positions));
  if (walked.length > pageSize) return walked;
  return positionsOf(database.rows(sql`SELECT ${asJson(pageOfSorted(request))} AS positions`, Positions));
}

const positionsOf = async (rows: Promise<z.infer<typeof Positions>[]>): Promise<Position[]> =>
  Positions.parse((await rows)[0]).positions;

const capOf = (request: Pick<ListRequest<unknown>, 'countCap'>): number => request.countCap ?? countCap;

/** The count of a list that had more rows than its cap; a first page that is not full tells that they have gone since. */
const countBeyondCap = (request: Pick<ListRequest<unknown>, 'countCap' | 'cursor'>, found: number): number =>
  found <= pageSize && !request.cursor ? found : capOf(request) + 1;

const countOf = <Row>(request: ListRequest<Row>): Sql => sql`
  (SELECT count(*)::integer FROM (
     SELECT 1 FROM ${request.countFrom ?? request.from} WHERE ${allOf(request.where)}
     LIMIT ${rawSql(String(capOf(request) + 1))}) AS counted)`;

/** A cursor that somebody wrote by hand may hold a value that is no date or number: that is bad input, not an error. */
const rejectBadCursor =
  (cursor: Cursor | undefined) =>
  (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (cursor && (code === '22P02' || code === '22007' || code === '22008' || code === '22003')) {
      throw InvalidInput.field('after', 'errors.notAChoice');
    }
    throw error;
  };
