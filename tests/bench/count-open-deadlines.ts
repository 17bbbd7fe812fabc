import type pg from 'pg';
import { z } from 'zod';
import type { Context, Dependencies } from '../../src/core/context.js';
import { readRows } from '../../src/core/read-rows.js';
import { sql } from '../../src/core/sql.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { mostRecomputed, recomputeDeadlines } from '../../src/modules/deadlines/recompute-deadlines.js';

const minute = { timeoutMillis: 60_000 };

/** The deadlines of what is open, as the product counts them, after everybody heard of those missed. @returns their number */
export async function countOpenDeadlines(deps: Dependencies, owner: pg.Client): Promise<number> {
  const { rows } = await owner.query(
    `SELECT id FROM service_requests WHERE state_category <> 'done' AND deleted_at IS NULL ORDER BY id`,
  );
  const ids = z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
  const context = { deps, actor: { id: null, name: 'bench' } };
  await count(context, ids);
  await count(context, await tellOfMissed(context));
  return ids.length;
}

async function count(context: Pick<Context, 'deps' | 'actor'>, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += mostRecomputed) {
    const some = ids.slice(start, start + mostRecomputed);
    await unitOfWork(
      context,
      'bench.filled',
      (tx) => recomputeDeadlines(tx, some, context.deps.now()),
      minute,
    );
  }
}

/** Without it the first minute of the job worker would tell of thousands. */
const tellOfMissed = (context: Pick<Context, 'deps' | 'actor'>): Promise<string[]> =>
  unitOfWork(
    context,
    'bench.filled',
    async (tx) => {
      const told = await readRows(
        tx,
        sql`
        INSERT INTO request_deadline_notices (id, request_id, kind, stage, deadline)
        SELECT uuidv7(), service_requests.id, dues.kind, 'escalation', dues.at
        FROM service_requests, LATERAL (VALUES
          ('firstResponse', CASE WHEN first_responded_at IS NULL THEN first_response_due_at END),
          ('update', update_due_at), ('resolution', resolution_due_at)) AS dues (kind, at)
        WHERE state_category <> 'done' AND deleted_at IS NULL AND dues.at < now()
        RETURNING request_id::text`,
        z.object({ request_id: z.string() }),
      );
      return [...new Set(told.map(({ request_id: id }) => id))];
    },
    minute,
  );
