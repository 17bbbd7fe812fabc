import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** What this file uses of a global that the types of Node 20 leave out. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ exports: { __wbindgen_start(): void } }>;
};

const connectionTimeoutMillis = 10_000;

/** A migration must not stand in front of a busy table's queue: it gives up and is tried again at the next start. */
const lockTimeoutMillis = 15_000;

/** The columns of type "char" that the engine selects, and the names under which it does. */
const letterExpressions = /\b(con\.confdeltype|con\.confupdtype|constr\.contype)(?=,| AS )/g;
const letterColumns = new Set(['confdeltype', 'confupdtype', 'constraint_type']);

let loading: Promise<void> | undefined;

/**
 * Runs `work` with Prisma's schema engine on the given database. The engine runs in this process as WebAssembly, so
 * nothing is downloaded; it sees `url` as the database and as the shadow database alike.
 */
export async function withSchemaEngine<Result>(
  url: string,
  work: (engine: glue.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  loading ??= loadEngine();
  await loading;
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis,
    lock_timeout: lockTimeoutMillis,
  });
  pool.on('error', () => undefined);
  const factory = new PrismaPg(pool);
  const connect = async () => suitedToTheEngine(await factory.connect());
  const adapter = bindMigrationAwareSqlAdapterFactory({
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: connect,
  });
  const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

/** Node 20 cannot import `.wasm` files as modules, so the package's entry is replaced by its two halves. */
async function loadEngine(): Promise<void> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: failWith } });
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = await WebAssembly.compile(await readFile(file.replace(/\.js$/, '.wasm')));
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** The engine reports its own bugs here before it traps; thrown on, the message reaches the log. */
function failWith(message: string): never {
  throw new Error(`Prisma's schema engine failed: ${message}`);
}

/**
 * Mends two things in which the adapter, made for the client, does not suit the engine. Its `executeScript` cuts a
 * script at every semicolon, also inside function bodies; sent whole, a script is one implicit transaction, applied
 * entirely or not at all. And it refuses PostgreSQL's type "char", which the engine reads from the catalogue.
 */
function suitedToTheEngine(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw({ ...query, sql: query.sql.replace(letterExpressions, '$1::text') });
    const columnTypes = result.columnTypes.map((type, index) =>
      letterColumns.has(result.columnNames[index] ?? '') ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  adapter.executeScript = async (script) => {
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
  };
  return adapter;
}
