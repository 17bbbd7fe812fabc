import { ConfigError } from '../../config.js';
import type { Dependencies } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import { unitOfWork, type Actor } from '../../core/unit-of-work.js';
import { createCompany } from './company/company.js';
import { demoParts } from './demo-parts.js';
import { createDemoRecord, readDemoRecord, updateDemoRecord, type DemoRecord } from './demo-record.js';

export interface DemoOptions {
  /** 1, unless told, is the whole company of 3,000 customers. */
  readonly scale?: number;
  readonly seed?: string;
}

const actor: Actor = { id: null, name: 'demo' };
const partTimeoutMillis = 120_000;

/**
 * Fills an empty installation with the demo company, once. Each part is one unit of work that also notes that the part
 * is done, so a start after a killed one goes on with the same company where that one ended.
 * @throws ConfigError when the installation is in use already
 */
export async function fillDemo(deps: Dependencies, options: DemoOptions = {}): Promise<void> {
  const record = (await readDemoRecord(deps.database.models)) ?? (await beginDemo(deps, options));
  const missing = demoParts.filter(({ name }) => !record.parts.includes(name));
  if (missing.length === 0) return;
  const company = createCompany(record);
  for (const part of missing) {
    await unitOfWork(
      { deps, actor },
      'demo.filled',
      async (tx) => {
        await part.fill({ deps, tx }, company);
        const { parts = [] } = (await readDemoRecord(tx)) ?? {};
        await updateDemoRecord(tx, { ...record, parts: [...parts, part.name] });
      },
      { timeoutMillis: partTimeoutMillis },
    );
  }
}

async function beginDemo(deps: Dependencies, options: DemoOptions): Promise<DemoRecord> {
  const record = {
    seed: options.seed ?? 'demo',
    scale: options.scale ?? 1,
    createdOn: dayOf(deps.now()),
    administratorId: await findUntouchedAdministrator(deps),
    parts: [],
  };
  await unitOfWork({ deps, actor }, 'demo.filled', (tx) => createDemoRecord(tx, record));
  return record;
}

/** The first administrator of an installation that nobody has used yet: made-up customers never mix with real ones. */
async function findUntouchedAdministrator({ database: { models } }: Dependencies): Promise<string> {
  const users = await models.user.findMany({
    select: { id: true, username: true, mustChangePassword: true },
    take: 2,
  });
  const [administrator] = users;
  const isUntouched =
    users.length === 1 && administrator?.username === 'admin' && administrator.mustChangePassword;
  if (!isUntouched || (await models.customer.count()) > 0) {
    throw new ConfigError(
      'The demo fills only an empty installation, and this one is in use. Name another folder (DATA_DIR) or database (DATABASE_URL).',
    );
  }
  return administrator.id;
}
