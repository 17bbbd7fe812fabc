import type pg from 'pg';
import { z } from 'zod';

const Count = z.object({ calls: z.coerce.number() });

/** Statements that the product's role has sent so far, without those that begin and end transactions. */
export async function statementCount(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query(
    `SELECT coalesce(sum(calls), 0) AS calls FROM pg_stat_statements JOIN pg_roles ON pg_roles.oid = userid
     WHERE rolname = 'crm_app' AND query !~* '^(begin|commit|rollback|deallocate)'`,
  );
  return Count.parse(rows[0]).calls;
}
