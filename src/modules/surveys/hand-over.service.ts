import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, NotFound } from '../../core/errors.js';
import { asLocale } from '../../core/i18n.js';
import { sql } from '../../core/sql.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { openContact } from '../customers/contact-details.js';
import { newPersonalToken, personalTokenHash } from '../personal-links/personal-token.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import { policyWithin } from './evaluation-policy.queries.js';
import { expiryOf } from './survey-days.js';
import { emailSurvey } from './survey-email.js';

/**
 * Makes a new link for the survey of a request that waits for its answer, for staff to hand over; the old link opens
 * nothing any more. Returns the token, which is stored nowhere in clear.
 * @throws NotFound when the viewer may not work the request or no survey of it waits.
 */
export const handSurveyOver = (context: ViewerContext, requestId: string): Promise<string> =>
  renewSurvey(context, requestId, 'handedOver');

/**
 * Sends the survey of a request again, under a new link.
 * @throws NotFound as above, Conflict when the customer has no e-mail address.
 */
export const sendSurveyAgain = (context: ViewerContext, requestId: string): Promise<string> =>
  renewSurvey(context, requestId, 'email');

function renewSurvey(
  context: ViewerContext,
  requestId: string,
  sentBy: 'handedOver' | 'email',
): Promise<string> {
  const action = sentBy === 'email' ? 'surveys.sent-again' : 'surveys.handed-over';
  return unitOfWork(context, action, async (tx) => {
    const survey = await lockWaitingSurvey(tx, context, requestId);
    const policy = await policyWithin(tx);
    const token = newPersonalToken();
    const data = {
      tokenHash: personalTokenHash(token),
      sentBy,
      expiresAt: expiryOf(context.deps.now(), policy),
    };
    await tx.survey.update({ where: { id: survey.id }, data, select: { id: true } });
    if (sentBy === 'email') {
      const to = openContact(context.deps.cipher, survey.customer_id, 'email', survey.email_encrypted);
      if (to === null) throw new Conflict('surveys.noEmail');
      await emailSurvey(tx, context.deps, {
        to,
        locale: asLocale(survey.locale) ?? policy.locale,
        policy,
        token,
      });
    }
    return token;
  });
}

const WaitingSurvey = z.object({
  id: z.string(),
  locale: z.string(),
  customer_id: z.string(),
  email_encrypted: z.string().nullable(),
});

async function lockWaitingSurvey(
  tx: Transaction,
  { viewer }: ViewerContext,
  requestId: string,
): Promise<z.infer<typeof WaitingSurvey>> {
  const rows = await tx.$queryRaw(sql`
    SELECT surveys.id::text, surveys.locale, customers.id::text AS customer_id, customers.email_encrypted
    FROM surveys JOIN service_requests ON service_requests.id = surveys.request_id
    JOIN customers ON customers.id = surveys.customer_id
    WHERE surveys.request_id = ${requestId}::uuid AND surveys.answered_at IS NULL AND surveys.revoked_at IS NULL
      AND service_requests.deleted_at IS NULL AND customers.deleted_at IS NULL
      AND ${requestScope(viewer, 'service-requests:work')}
    ORDER BY surveys.closed_at DESC LIMIT 1 FOR UPDATE OF surveys`);
  const [survey] = WaitingSurvey.array().parse(rows);
  if (!survey) throw new NotFound('no survey of the request waits');
  return survey;
}
