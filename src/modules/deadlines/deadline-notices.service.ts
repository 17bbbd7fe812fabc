import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Dependencies } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { addEmail } from '../../core/outbox.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { countRequest } from './count-request.js';
import type { DueNotice } from './count-deadlines.js';
import { noticeEmail } from './notice-email.js';
import { listRecipients, type ToldPerson } from './notice-recipients.js';
import { readFacts } from './read-facts.js';
import { recomputeDeadlines } from './recompute-deadlines.js';

export const deadlineNoticeQueue = 'deadline-notices';

/** Requests of one unit of work. */
const batchSize = 500;
const stepTimeoutMillis = 60_000;

const actor = { id: null, name: 'system' };

/**
 * Tells people of deadlines that come near or were missed: each once, however often it runs, by however many processes
 * and wherever it is killed, because a notice, the lines behind the bells and the e-mails are one unit of work. Requests
 * that somebody is changing just now are left to the next run. Returns how many notices were given.
 */
export async function giveDeadlineNotices(deps: Dependencies): Promise<number> {
  let given = 0;
  for (;;) {
    // Rows keep their version: nobody's open form is out of date because a warning was given.
    const step = await unitOfWork({ deps, actor }, 'deadlines.noticed', (tx) => giveBatch(tx, deps), {
      restoring: true,
      timeoutMillis: stepTimeoutMillis,
    });
    given += step.given;
    if (step.requests < batchSize) return given;
  }
}

const Id = z.object({ id: z.string() });

async function giveBatch(tx: Transaction, deps: Dependencies): Promise<{ requests: number; given: number }> {
  const now = deps.now();
  const due = Id.array().parse(
    await tx.$queryRaw(sql`
      SELECT id::text FROM service_requests
      WHERE next_warning_at <= ${now} AND next_warning_at IS NOT NULL AND deleted_at IS NULL
      ORDER BY next_warning_at LIMIT ${batchSize} FOR UPDATE SKIP LOCKED`),
  );
  if (due.length === 0) return { requests: 0, given: 0 };
  const ids = due.map(({ id }) => id);
  const { rules, requests } = await readFacts(tx, ids, now);
  const noticeIds = await storeNotices(
    tx,
    requests.flatMap((request) =>
      latestDue(countRequest(rules, request).counted.notices, now).map((notice) => ({
        ...{ id: newId(), request_id: request.id, kind: notice.kind, stage: notice.stage },
        deadline: notice.deadline,
      })),
    ),
  );
  await recomputeDeadlines(tx, ids, now);
  await tell(tx, deps, await listRecipients(tx, noticeIds));
  return { requests: ids.length, given: noticeIds.length };
}

/** What is due by now; of a deadline that was missed no warning comes any more. */
const latestDue = (notices: readonly DueNotice[], now: Date): DueNotice[] =>
  notices.filter(({ at, stage, deadline }) => at <= now && (stage === 'escalation' || deadline > now));

/** Stores notices; returns the ids of those that were not given before. */
async function storeNotices(tx: Transaction, notices: readonly object[]): Promise<string[]> {
  const stored = Id.array().parse(
    await tx.$queryRaw(sql`
      INSERT INTO request_deadline_notices (id, request_id, kind, stage, deadline)
      SELECT id, request_id, kind, stage, deadline
      FROM jsonb_populate_recordset(NULL::request_deadline_notices, ${JSON.stringify(notices)}::jsonb)
      ON CONFLICT (request_id, kind, stage, deadline) DO NOTHING RETURNING id::text`),
  );
  return stored.map(({ id }) => id);
}

async function tell(tx: Transaction, deps: Dependencies, told: readonly ToldPerson[]): Promise<void> {
  await tx.notification.createMany({ data: told.map(notificationOf) });
  const people = new Map<string, ToldPerson[]>();
  for (const notice of told) people.set(notice.user_id, [...(people.get(notice.user_id) ?? []), notice]);
  for (const notices of people.values()) {
    const email = noticeEmail(deps.config.baseUrl, notices);
    if (email) await addEmail(tx, deps, email);
  }
}

const kinds = {
  firstResponse: { warning: 'firstResponseDueSoon', escalation: 'firstResponseMissed' },
  update: { warning: 'updateDueSoon', escalation: 'updateMissed' },
  resolution: { warning: 'resolutionDueSoon', escalation: 'resolutionMissed' },
} as const;

const notificationOf = ({ user_id: userId, kind, stage, ...request }: ToldPerson) => ({
  id: newId(),
  userId,
  kind: kinds[kind][stage],
  params: {
    number: request.request_no,
    ...(request.customer_id !== null && { customerId: request.customer_id }),
  },
  href: `/service-requests/${request.request_id}`,
});
