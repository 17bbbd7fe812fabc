import { v7 as newId } from 'uuid';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
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
  const request = await tx.serviceRequest.findUnique({ where: { id: requestId }, select: surveyed });
  const customer = request?.customer;
  if (!request?.closedAt || request.deletedAt || !customer || customer.deletedAt) return;
  if (request.state.shippedKey === 'cancelled') return;
  const subject = await subjectOf(tx, request);
  if (!subject) return;
  const policy = await policyWithin(tx);
  const now = context.deps.now();
  if (subject.round === 1 && !(await mayBeAsked(tx, customer.id, policy, now))) return;
  const email = openContact(context.deps.cipher, customer.id, 'email', customer.emailEncrypted);
  const token = newPersonalToken();
  const { count } = await tx.survey.createMany({
    data: {
      ...{ id: newId(), ...subject, customerId: customer.id, closedAt: request.closedAt },
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

const surveyed = {
  id: true,
  closedAt: true,
  deletedAt: true,
  origin: true,
  assigneeId: true,
  assignee: { select: { name: true } },
  state: { select: { shippedKey: true } },
  type: { select: { isSurveyed: true, behaviour: true } },
  customer: { select: { id: true, deletedAt: true, emailEncrypted: true } },
} as const;

interface ClosedRequest {
  readonly id: string;
  readonly origin: string | null;
  readonly assigneeId: string | null;
  readonly assignee: { readonly name: string } | null;
  readonly type: { readonly isSurveyed: boolean; readonly behaviour: string };
}

async function subjectOf(tx: Transaction, request: ClosedRequest): Promise<Subject | undefined> {
  if (request.type.behaviour === 'recovery') {
    const id = recoveredSurveyId(request.origin);
    const first = id === undefined ? null : await tx.survey.findUnique({ where: { id }, select: firstRound });
    return first ? { ...first, round: 2 } : undefined;
  }
  if (!request.type.isSurveyed) return undefined;
  return {
    requestId: request.id,
    staffId: request.assigneeId,
    staffName: request.assignee?.name ?? null,
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
