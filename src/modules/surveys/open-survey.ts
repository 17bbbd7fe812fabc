import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import { openContact } from '../customers/contact-details.js';
import { newPersonalToken, personalTokenHash } from '../personal-links/personal-token.js';
import { policyWithin } from './evaluation-policy.queries.js';
import type { EvaluationPolicy } from './evaluation-policy.js';
import { recoveredSurveyId } from './recovery-origin.js';
import { dayMillis, expiryOf } from './survey-days.js';
import { emailSurvey } from './survey-email.js';

/** What is asked about: for a recovery the request that went wrong, and whoever served then. */
interface Subject {
  readonly requestId: string;
  readonly staffId: string | null;
  readonly staffName: string | null;
  readonly round: 1 | 2;
}

/**
 * Asks the customer to rate, once for each closing of a request: called when it becomes done. Nobody is asked about what
 * was cancelled, what is of a type that is not surveyed, or more often than the policy says; after a recovery the customer
 * is asked again about what went wrong. With an e-mail address the link leaves at once, else staff hand it over.
 */
export async function openSurvey(tx: Transaction, context: Context, requestId: string): Promise<void> {
  const request = await findClosed(tx, requestId);
  if (!request || request.stateKey === 'cancelled') return;
  const subject = await subjectOf(tx, request);
  if (!subject) return;
  const policy = await policyWithin(tx);
  const now = context.deps.now();
  if (subject.round === 1 && !(await mayBeAsked(tx, request.customerId, policy, now))) return;
  const email = openContact(context.deps.cipher, request.customerId, 'email', request.emailEncrypted);
  const token = newPersonalToken();
  const { count } = await tx.survey.createMany({
    data: {
      ...{ id: newId(), ...subject, customerId: request.customerId, closedAt: request.closedAt },
      ...{
        locale: policy.locale,
        tokenHash: personalTokenHash(token),
        sentBy: email === null ? null : 'email',
      },
      ...{ expiresAt: expiryOf(now, policy), createdAt: now },
    },
    skipDuplicates: true,
  });
  if (count === 1 && email !== null) {
    await emailSurvey(tx, context.deps, { to: email, locale: policy.locale, policy, token });
  }
}

const ClosedRequest = z.object({
  id: z.string(),
  closedAt: z.date(),
  origin: z.string().nullable(),
  assigneeId: z.string().nullable(),
  assigneeName: z.string().nullable(),
  stateKey: z.string().nullable(),
  isSurveyed: z.boolean(),
  behaviour: z.string(),
  customerId: z.string(),
  emailEncrypted: z.string().nullable(),
});

type ClosedRequest = z.infer<typeof ClosedRequest>;

/** The request with what surveys need to know of it; undefined when it is not done, or there is nobody to ask. */
async function findClosed(tx: Transaction, requestId: string): Promise<ClosedRequest | undefined> {
  const rows = await tx.$queryRaw(sql`
    SELECT service_requests.id::text, closed_at AS "closedAt", origin, assignee_id::text AS "assigneeId",
           assignees.name AS "assigneeName", states.shipped_key AS "stateKey", types.is_surveyed AS "isSurveyed",
           types.behaviour, customers.id::text AS "customerId", customers.email_encrypted AS "emailEncrypted"
    FROM service_requests
    JOIN request_states AS states ON states.id = service_requests.state_id
    JOIN request_types AS types ON types.id = service_requests.type_id
    JOIN customers ON customers.id = service_requests.customer_id
    LEFT JOIN users AS assignees ON assignees.id = service_requests.assignee_id
    WHERE service_requests.id = ${requestId}::uuid AND closed_at IS NOT NULL
      AND service_requests.deleted_at IS NULL AND customers.deleted_at IS NULL`);
  return ClosedRequest.array().parse(rows)[0];
}

async function subjectOf(tx: Transaction, request: ClosedRequest): Promise<Subject | undefined> {
  if (request.behaviour === 'recovery') {
    const id = recoveredSurveyId(request.origin);
    const first = id === undefined ? null : await tx.survey.findUnique({ where: { id }, select: firstRound });
    return first ? { ...first, round: 2 } : undefined;
  }
  if (!request.isSurveyed) return undefined;
  return {
    requestId: request.id,
    staffId: request.assigneeId,
    staffName: request.assigneeName,
    round: 1,
  };
}

const firstRound = { requestId: true, staffId: true, staffName: true } as const;

/** Two requests of one customer that are closed at the same moment ask once: the lock ends with the unit of work. */
async function mayBeAsked(
  tx: Transaction,
  customerId: string,
  { quietDays, yearlyMost }: EvaluationPolicy,
  now: Date,
): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('surveys'), hashtext(${customerId}))`;
  const askedWithin = (days: number): Promise<number> =>
    tx.survey.count({
      where: { customerId, round: 1, createdAt: { gt: new Date(now.getTime() - days * dayMillis) } },
    });
  return (await askedWithin(quietDays)) === 0 && (await askedWithin(365)) < yearlyMost;
}
