import pg from 'pg';
import { readConfig } from '../../src/config.js';
import { openDependencies } from '../../src/core/dependencies.js';
import { prepareDatabase } from '../../src/core/prepare-database.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { queueNames } from '../../src/jobs.js';
import { completeInstallation } from '../../src/modules/admin/installation.js';
import { countOpenDeadlines } from './count-open-deadlines.js';
import { fillCustomers } from './fill-customers.js';
import { fillHistory, historyTables } from './fill-history.js';
import { fillOrganisation } from './fill-organisation.js';
import { fillRequests, requestTables } from './fill-requests.js';
import { fillServiceSettings } from './fill-service-settings.js';
import { dropForeignKeys } from './foreign-keys.js';
import type { Scale } from './scale.js';
import { dropSecondaryIndexes } from './secondary-indexes.js';

export interface BenchDatabase {
  readonly ownerUrl: string;
  readonly runtimeUrl: string;
  readonly keyFile: string;
}

/** Fills an empty database with so many customers and service requests with their history; leaves one alone that was filled before. */
export async function fill(
  database: BenchDatabase,
  { customers, serviceRequests }: Scale,
  print: (line: string) => void,
): Promise<void> {
  await prepareDatabase(database.ownerUrl, database.runtimeUrl, queueNames);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const config = readConfig({ NODE_ENV: 'production', LOG_LEVEL: 'warn', KEY_FILE: database.keyFile });
  const deps = openDependencies(config, database.runtimeUrl);
  try {
    if (await isFilled(owner)) return;
    const began = performance.now();
    const report = (what: string) => {
      print(`${what} after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    };
    await completeInstallation(deps);
    const actor = { id: null, name: 'bench' };
    const places = await unitOfWork({ deps, actor }, 'bench.filled', async (tx) => {
      const made = await fillOrganisation(deps, tx);
      await fillServiceSettings(tx, made);
      return made;
    });
    const tables = [
      ...historyTables,
      ...requestTables,
      'customers',
      'customer_purchase_totals',
      'customer_activities',
      'audit_log',
    ];
    const restoreForeignKeys = await dropForeignKeys(owner, [...historyTables, ...requestTables]);
    const restoreIndexes = await dropSecondaryIndexes(owner, tables);
    await fillCustomers(deps, customers, places, deps.now());
    report(`${customers.toLocaleString('en')} customers stored`);
    await fillHistory(owner);
    report('history stored');
    await fillRequests(owner, serviceRequests, report);
    await owner.query(`SET maintenance_work_mem = '512MB'`);
    await restoreIndexes();
    report('indexes made');
    await restoreForeignKeys();
    report('foreign keys proven');
    await owner.query('ANALYZE');
    report(`deadlines of ${await countOpenDeadlines(deps, owner)} open requests counted`);
    await owner.query('VACUUM ANALYZE');
    await owner.query(`COMMENT ON SCHEMA public IS 'filled'`);
    report('filled');
  } finally {
    await Promise.all([owner.end(), deps.close()]);
  }
}

async function isFilled(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query(`SELECT FROM pg_namespace WHERE obj_description(oid) = 'filled'`);
  return rows.length > 0;
}
