import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { readRows } from '../../core/read-rows.js';
import { sql } from '../../core/sql.js';
import { mayWorkRequests } from './staff-conditions.js';

const Person = z.object({ name: z.string(), mayWork: z.boolean() });

/**
 * Requests are given only to those whose roles let them work some.
 * @throws InvalidInput for `assigneeId` when there is no such person, or, naming them, when they may not
 */
export async function requireWorker(tx: Transaction, userId: string): Promise<void> {
  const [person] = await readRows(
    tx,
    sql`SELECT name, ${mayWorkRequests(sql`users.id`)} AS "mayWork" FROM users
        WHERE id = ${userId}::uuid AND disabled_at IS NULL`,
    Person,
  );
  if (!person) throw InvalidInput.field('assigneeId', 'errors.notAChoice');
  if (!person.mayWork)
    throw InvalidInput.field('assigneeId', 'serviceRequests.cannotWork', { name: person.name });
}
