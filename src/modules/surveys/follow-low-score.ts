import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { translator } from '../../core/i18n.js';
import { sql } from '../../core/sql.js';
import { addNotification } from '../notifications/notifications.service.js';
import { openRequest } from '../service-requests/open-request.js';
import { requestScopeOf } from '../service-requests/service-requests.scope.js';
import { policyWithin } from './evaluation-policy.queries.js';
import { recoveryOrigin } from './recovery-origin.js';
import type { OpenSurvey } from './surveys.queries.js';

const urgent = 4;
/** People who are told of one low score. */
const mostSupervisors = 50;

/**
 * Has somebody make up for a low score: opens an urgent recovery request beside the rated one, once for each survey, and
 * tells those who supervise it. After a recovery no second one is opened; its supervisors are told that it did not help.
 */
export async function followLowScore(
  tx: Transaction,
  context: Context,
  survey: OpenSurvey,
  score: number,
): Promise<void> {
  const rated = await tx.serviceRequest.findUniqueOrThrow({
    where: { id: survey.request_id },
    select: carriedOn,
  });
  const requestId = survey.round === 1 ? await openRecovery(tx, context, survey, rated) : undefined;
  const toldOf = requestId ?? rated.id;
  for (const userId of await supervisorsOf(tx, toldOf)) {
    await addNotification(tx, {
      userId,
      kind: 'lowEvaluation',
      params: { requestNo: rated.requestNo, score },
      href: `/service-requests/${toldOf}`,
    });
  }
}

const carriedOn = { id: true, requestNo: true, customerId: true, branchId: true, teamId: true } as const;

interface RatedRequest {
  readonly id: string;
  readonly requestNo: string;
  readonly customerId: string | null;
  readonly branchId: string | null;
  readonly teamId: string | null;
}

/** Undefined when the product has no type for it any more. */
async function openRecovery(
  tx: Transaction,
  context: Context,
  survey: OpenSurvey,
  { customerId, ...rated }: RatedRequest,
): Promise<string | undefined> {
  const type = await tx.requestType.findFirst({
    where: { shippedKey: 'recovery', archivedAt: null },
    select: { id: true, teamId: true },
  });
  if (!type || customerId === null) return undefined;
  const id = newId();
  const t = translator((await policyWithin(tx)).locale);
  const isNew = await openRequest(tx, context, {
    ...{ id, typeId: type.id, customerId, channel: 'online', priority: urgent },
    ...{ branchId: rated.branchId, teamId: type.teamId ?? rated.teamId, origin: recoveryOrigin(survey.id) },
    subject: t('surveys.recoverySubject', { requestNo: rated.requestNo }),
  });
  if (!isNew) return undefined;
  await tx.requestRelation.create({ data: { id: newId(), fromId: id, toId: rated.id, kind: 'recovers' } });
  return id;
}

async function supervisorsOf(tx: Transaction, requestId: string): Promise<string[]> {
  const rows = await tx.$queryRaw(sql`
    SELECT users.id::text FROM users, service_requests
    WHERE service_requests.id = ${requestId}::uuid AND users.disabled_at IS NULL
      AND ${requestScopeOf(sql`users.id`, 'service-requests:supervise')}
    ORDER BY users.id LIMIT ${mostSupervisors}`);
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}
