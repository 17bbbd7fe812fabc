import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { z } from 'zod';
import { PrismaClient, type Prisma } from '../generated/prisma/client.js';
import type { Logger } from './logger.js';
import type { Sql } from './sql.js';

type ReadMethod =
  | 'findFirst'
  | 'findFirstOrThrow'
  | 'findUnique'
  | 'findUniqueOrThrow'
  | 'findMany'
  | 'count'
  | 'aggregate'
  | 'groupBy';

type ModelName = Uncapitalize<Prisma.ModelName>;

/** The models as seen outside a unit of work: reading only, by type. */
export type ReadModels = { readonly [Name in ModelName]: Pick<PrismaClient[Name], ReadMethod> };

/** The models inside a unit of work. */
export type Transaction = Prisma.TransactionClient;

export interface Database {
  /** Prisma's models without their writing methods. */
  readonly models: ReadModels;
  /** Runs one reading statement and parses its rows. */
  rows<Row>(query: Sql, row: z.ZodType<Row>): Promise<Row[]>;
  /**
   * The same for a statement whose text is one of a few, whatever anybody asks for, and which one plan suits, made
   * without its values and kept by each connection. Planning a wide statement takes longer than running it.
   */
  preparedRows<Row>(query: Sql, row: z.ZodType<Row>): Promise<Row[]>;
  /** Streams a large result through a server-side cursor, `batchSize` rows at a time, in one snapshot. */
  stream<Row>(query: Sql, row: z.ZodType<Row>, batchSize?: number): AsyncGenerator<Row[]>;
  /** For the unit of work alone. */
  readonly client: PrismaClient;
  /** For statements outside the models: `rows`, events. */
  readonly pool: pg.Pool;
  /** For `preparedRows`: its connections plan each statement once. */
  readonly preparedPool: pg.Pool;
  /** For sessions and rate limits: a small pool of their own, so that signing in works while pages wait. */
  readonly sessionPool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly logger: Logger;
}

const connectionTimeoutMillis = 5_000;
const streamTimeoutMillis = 30 * 60_000;

const { builtins } = pg.types;

/** Dates and decimals stay text (no time zone, no rounding); counts are numbers. */
const readTypes = new pg.TypeOverrides();
readTypes.setTypeParser(builtins.INT8, Number);
readTypes.setTypeParser(builtins.DATE, String);
readTypes.setTypeParser(builtins.NUMERIC, String);

/** Plans are kept as long as the connection: somebody who asks for a page now and then finds them too. */
const idleTimeoutMillis = 10 * 60_000;

export interface PoolOptions extends DatabaseOptions {
  /** Bounds every statement; see docs/architecture.md for the figures. */
  readonly statementTimeoutMillis?: number;
  /** Nobody waits until what is written is on the disk: a crash may cost the last half second of it. */
  readonly mayLoseLatest?: boolean;
  /** Statements are planned without their values, not by those of the first five times and then, perhaps, without. */
  readonly plansOnce?: boolean;
}

/** A pool that gives up instead of waiting for ever and survives connections that are cut. */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis,
    idleTimeoutMillis,
    statement_timeout: options.statementTimeoutMillis ?? 15_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'service-crm',
    options: settingsOf(options),
  });
  pool.on('error', (error) => options.logger.warn({ error: error.message }, 'idle database connection lost'));
  return pool;
}

function settingsOf({ mayLoseLatest, plansOnce }: PoolOptions): string {
  return [
    // Prisma's adapter reads every timestamp as UTC, whatever the server's own time zone is.
    '-c TimeZone=UTC',
    ...(mayLoseLatest ? ['-c synchronous_commit=off'] : []),
    ...(plansOnce ? ['-c plan_cache_mode=force_generic_plan'] : []),
  ].join(' ');
}

/** Opens the database for one process. Nothing connects before the first statement. */
export function createDatabase(options: DatabaseOptions): Database {
  const pool = createPool(options);
  // A crash may cost what a browser was told last and a counted attempt; who is signed in stands elsewhere.
  const sessionPool = createPool({ ...options, poolSize: 3, mayLoseLatest: true });
  const streamPool = createPool({ ...options, poolSize: 3 });
  const preparedPool = createPool({ ...options, poolSize: Math.ceil(options.poolSize / 2), plansOnce: true });
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql: text }) => nameWhileFew(text) });
  const client = new PrismaClient({ adapter });
  return {
    models: client,
    client,
    pool,
    preparedPool,
    sessionPool,
    async rows(query, row) {
      const result = await pool.query({ text: query.text, values: query.values, types: readTypes });
      return parsed(result.rows, row);
    },
    async preparedRows({ text, values }, row) {
      const result = await preparedPool.query({ name: statementName(text), text, values, types: readTypes });
      return parsed(result.rows, row);
    },
    stream: (query, row, batchSize = 1_000) => streamRows(streamPool, query, row, batchSize),
    async close() {
      await client.$disconnect();
      await Promise.all(
        [pool, sessionPool, streamPool, preparedPool].filter(({ ended }) => !ended).map((open) => open.end()),
      );
    },
  };
}

/** One schema of a row serves all of them: an array's would be made for each statement. */
const parsed = <Row>(rows: readonly unknown[], row: z.ZodType<Row>): Row[] =>
  rows.map((each) => row.parse(each));

const statementNames = new Map<string, string>();

/** One name for each text, by which connections know the statements they have prepared. */
function statementName(text: string): string {
  const name = statementNames.get(text) ?? `statement_${statementNames.size + 1}`;
  statementNames.set(text, name);
  return name;
}

/** Prisma writes a text of its own for every number of rows and ids: so many are kept, and '' names none. */
const mostNamed = 300;
const nameWhileFew = (text: string): string =>
  statementNames.size < mostNamed ? statementName(text) : (statementNames.get(text) ?? '');

async function* streamRows<Row>(
  pool: pg.Pool,
  query: Sql,
  row: z.ZodType<Row>,
  batchSize: number,
): AsyncGenerator<Row[]> {
  const connection = await pool.connect();
  let failed = false;
  // A connection that is cut while nobody asks for rows reports it here; the next fetch fails.
  const noteLoss = (): void => {
    failed = true;
  };
  connection.on('error', noteLoss);
  try {
    await connection.query('BEGIN READ ONLY');
    await connection.query(
      `SET LOCAL statement_timeout = ${streamTimeoutMillis}; SET LOCAL idle_in_transaction_session_timeout = ${streamTimeoutMillis}`,
    );
    await connection.query({ text: `DECLARE stream_rows CURSOR FOR ${query.text}`, values: query.values });
    for (;;) {
      const result = await connection.query({
        text: `FETCH ${batchSize} FROM stream_rows`,
        types: readTypes,
      });
      if (result.rows.length === 0) break;
      yield parsed(result.rows, row);
    }
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    connection.off('error', noteLoss);
    if (!failed) await connection.query('ROLLBACK');
    connection.release(failed);
  }
}
