import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput, NotFound } from '../../core/errors.js';
import { recordEventWithin } from '../../core/events.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { attachmentFiles } from '../attachments/attachment.js';
import { customerScope } from '../customers/customers.scope.js';
import { blankImportedRows } from './blank-imported-rows.js';
import { blankRows } from './blank-rows.js';
import { persons } from './persons.js';
import type { ErasureForm } from './erasures.schemas.js';
import { readIdentifiers } from './person-identifiers.js';

/** Kept files of imports take the longest. */
const timeoutMillis = 5 * 60_000;

const Locked = z.object({
  customer_no: z.string(),
  is_erased: z.boolean(),
  is_merged: z.boolean(),
});

const Id = z.object({ id: z.string() });

/**
 * Makes a person unrecognisable, in one unit of work and for good: their own rows, what the log says of them, the rows
 * of imported files, the names in the list of recent actions. Their numbers stay. Files go after the commit; what is
 * left of them then, should the process die, the nightly expiry of attachments removes.
 * @throws NotFound outside the viewer's scope, InvalidInput when the typed number is another one, Conflict when they
 * are erased already or were merged into somebody.
 */
export async function erasePerson(context: ViewerContext, id: string, form: ErasureForm): Promise<string> {
  const { deps, viewer, actor } = context;
  const { customerNo, attachmentIds } = await unitOfWork(
    context,
    'customers.erased',
    async (tx) => {
      const customer = await lockPerson(tx, context, id);
      if (customer.customer_no !== form.customerNo.toUpperCase())
        throw InvalidInput.field('customerNo', 'erasures.wrongNumber', { customerNo: customer.customer_no });
      await tx.$executeRaw`SET LOCAL statement_timeout = '2min'`;
      await blankImportedRows(tx, deps.cipher, id, await readIdentifiers(tx, deps.cipher, id));
      const attachments = Id.array().parse(
        await tx.$queryRaw(sql`SELECT id::text FROM attachments WHERE customer_id IN ${persons(id)}`),
      );
      await blankRows(tx, id, { now: deps.now(), userId: viewer.id });
      await forgetNamesOfActions(tx, id);
      await recordEventWithin(tx, actor, {
        action: 'customers.erased',
        tableName: 'customers',
        recordId: id,
        details: {
          customerNo: customer.customer_no,
          erasureReason: form.reason,
          count: await redactAuditLog(tx, id),
        },
      });
      return { customerNo: customer.customer_no, attachmentIds: attachments.map((row) => row.id) };
    },
    { timeoutMillis },
  );
  const files = attachmentFiles(deps.config);
  for (const attachmentId of attachmentIds) await files.remove(attachmentId);
  return customerNo;
}

/** Until the end of the unit of work nobody adds anything to their rows. */
async function lockPerson(
  tx: Transaction,
  { viewer }: ViewerContext,
  id: string,
): Promise<z.infer<typeof Locked>> {
  await tx.$executeRaw(sql`SELECT FROM customers WHERE id IN ${persons(id)} ORDER BY id FOR UPDATE`);
  const [customer] = Locked.array().parse(
    await tx.$queryRaw(sql`
      SELECT customer_no, erased_at IS NOT NULL AS is_erased, merged_into_id IS NOT NULL AS is_merged
      FROM customers WHERE id = ${id}::uuid AND ${customerScope(viewer)}`),
  );
  if (!customer) throw new NotFound('no such customer in scope');
  if (customer.is_erased) throw new Conflict('erasures.alreadyErased');
  if (customer.is_merged) throw new Conflict('erasures.wasMerged');
  return customer;
}

/** Actions on one customer say whom they were about; those on many name nobody. */
async function forgetNamesOfActions(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE undoable_actions
    SET summary = summary || (SELECT coalesce(jsonb_object_agg(key, '–'), '{}') FROM jsonb_object_keys(summary) AS key
                              WHERE key IN ('name', 'otherName', 'work', 'action'))
    WHERE jsonb_exists(summary, 'customerNo') AND id IN (
      SELECT undoable_action_id FROM rows_about_person(${id}::uuid) AS about
      JOIN audit_log ON table_name = of_table AND record_id = of_record WHERE undoable_action_id IS NOT NULL)`);
}

async function redactAuditLog(tx: Transaction, id: string): Promise<number> {
  const [row] = z
    .array(z.object({ count: z.number() }))
    .parse(await tx.$queryRaw`SELECT redact_audit_log(${id}::uuid) AS count`);
  return row?.count ?? 0;
}
