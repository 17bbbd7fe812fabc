import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Context, Dependencies } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { dayOf, formatDay } from '../../core/format.js';
import { asLocale, translator } from '../../core/i18n.js';
import { readRows } from '../../core/read-rows.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { mayWorkRequests } from '../assignment/staff-conditions.js';
import { addDays } from '../follow-ups/due-days.js';
import { openRequest } from '../service-requests/open-request.js';
import { addEntry, lockRequest } from '../service-requests/request-verbs.js';
import { dueOccurrence, recurrenceLimits, recurrenceUnits } from './recurrence.js';

export const recurringQueue = 'recurring-requests';

/** Requests opened by one unit of work. */
const stepSize = 50;
const stepTimeoutMillis = 60_000;

const DueRecurring = z.object({
  id: z.string(),
  customerId: z.string(),
  servedThingId: z.string().nullable(),
  typeId: z.string(),
  categoryId: z.string().nullable(),
  subject: z.string(),
  description: z.string().nullable(),
  assigneeId: z.string().nullable(),
  locale: z.string().nullable(),
  unit: z.enum(recurrenceUnits),
  every: z.number(),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  nextOn: z.string(),
  leadDays: z.number(),
});

type DueRecurring = z.infer<typeof DueRecurring>;

/**
 * Opens the recurring requests that are due, in steps: each once for its day, however often it runs. Of days that were
 * missed only the latest is opened, with a note on how many were left out. Returns how many were opened.
 */
export async function openRecurringRequests(deps: Dependencies): Promise<number> {
  const today = dayOf(deps.now());
  let opened = 0;
  for (;;) {
    const context: Context = { deps, actor: { id: null, name: 'system' }, locale: 'en', t: translator('en') };
    const step = await unitOfWork(
      context,
      'recurring-requests.opened',
      async (tx) => {
        const due = await lockDue(tx, today);
        let count = 0;
        for (const recurring of due) if (await openDue(tx, context, recurring, today)) count += 1;
        return { due: due.length, count };
      },
      { timeoutMillis: stepTimeoutMillis },
    );
    opened += step.count;
    if (step.due < stepSize) return opened;
  }
}

/** The first ones that are due; another process leaves them alone until the unit of work ends. */
const lockDue = (tx: Transaction, today: string): Promise<DueRecurring[]> =>
  readRows(
    tx,
    sql`
    SELECT recurring.id::text, customer_id::text AS "customerId", type_id::text AS "typeId",
           (SELECT id::text FROM served_things WHERE id = served_thing_id AND customer_id = recurring.customer_id) AS "servedThingId",
           (SELECT id::text FROM request_categories AS categories WHERE categories.id = category_id
              AND (categories.type_id IS NULL OR categories.type_id = recurring.type_id)) AS "categoryId",
           (SELECT id::text FROM users WHERE id = assignee_id AND disabled_at IS NULL
              AND ${mayWorkRequests(sql`users.id`)}) AS "assigneeId",
           (SELECT locale FROM users WHERE id = coalesce(assignee_id, recurring.created_by_id)) AS locale,
           subject, description, unit, every, starts_on::text AS "startsOn", ends_on::text AS "endsOn",
           next_on::text AS "nextOn", lead_days AS "leadDays"
    FROM recurring_requests AS recurring
    WHERE next_on <= ${today}::date + ${recurrenceLimits.leadDays[1]}::integer AND next_on <= ${today}::date + lead_days
      AND EXISTS (SELECT FROM customers WHERE customers.id = customer_id AND deleted_at IS NULL)
    ORDER BY next_on, recurring.id LIMIT ${stepSize} FOR NO KEY UPDATE OF recurring SKIP LOCKED`,
    DueRecurring,
  );

async function openDue(
  tx: Transaction,
  context: Context,
  recurring: DueRecurring,
  today: string,
): Promise<boolean> {
  const due = dueOccurrence(recurring, recurring.nextOn, addDays(today, recurring.leadDays));
  const nextOn = due?.nextOn ?? null;
  await tx.recurringRequest.update({
    where: { id: recurring.id },
    data: { nextOn: nextOn === null ? null : new Date(nextOn) },
    select: { id: true },
  });
  if (!due) return false;
  const { customerId, servedThingId, typeId, categoryId, subject, description, assigneeId } = recurring;
  const id = newId();
  const isNew = await openRequest(tx, context, {
    ...{ id, customerId, servedThingId, typeId, categoryId, subject, description, assigneeId },
    ...{ channel: 'other', origin: `recurring:${recurring.id}:${due.day}` },
  });
  if (!isNew) return false;
  await addEntry(tx, context, await lockRequest(tx, id), {
    ...{ id: newId(), kind: 'note', happenedAt: context.deps.now() },
    body: noteText(recurring, due),
  });
  return true;
}

function noteText(
  { locale: stored }: DueRecurring,
  { day, skipped }: { readonly day: string; readonly skipped: number },
): string {
  const locale = asLocale(stored) ?? 'en';
  const t = translator(locale);
  const opened = t('recurringRequests.note.opened', { day: formatDay(day, locale) });
  return skipped === 0 ? opened : `${opened} ${t('recurringRequests.note.skipped', { count: skipped })}`;
}
