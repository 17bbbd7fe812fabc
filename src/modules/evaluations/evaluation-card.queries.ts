import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { evaluationScope } from './evaluations.scope.js';

/** Surveys of one request that its card shows, the latest ones. */
const mostSurveys = 10;

const Answer = z.object({
  serviceScore: z.number(),
  staffScore: z.number().nullable(),
  reasons: z.array(z.string()),
  comment: z.string().nullable(),
  at: z.coerce.date(),
});

const CardSurvey = z.object({
  id: z.string(),
  round: z.number(),
  staff_name: z.string().nullable(),
  sent_by: z.string().nullable(),
  created_at: z.date(),
  expires_at: z.date(),
  revoked_at: z.date().nullable(),
  answered_at: z.date().nullable(),
  has_email: z.boolean(),
  /** The first answer, then corrections in their order; none for those who may not read evaluations of it. */
  answers: z.array(Answer),
});

export type CardSurvey = z.infer<typeof CardSurvey>;

/** The surveys of a request, in one statement. Whether the viewer may see the request was asked before. */
export function readRequestSurveys(
  { deps, viewer }: ViewerContext,
  requestId: string,
): Promise<CardSurvey[]> {
  return deps.database.preparedRows(
    sql`
    SELECT surveys.id::text, surveys.round, surveys.staff_name, surveys.sent_by, surveys.created_at, surveys.expires_at,
           surveys.revoked_at, surveys.answered_at, customers.email_encrypted IS NOT NULL AS has_email,
           CASE WHEN surveys.answered_at IS NULL OR NOT coalesce(${evaluationScope(viewer)}, FALSE) THEN '[]' ELSE
             jsonb_build_array(jsonb_build_object('serviceScore', surveys.service_score, 'staffScore', surveys.staff_score,
               'reasons', surveys.reasons, 'comment', surveys.comment, 'at', surveys.answered_at))
             || (SELECT coalesce(jsonb_agg(jsonb_build_object('serviceScore', service_score, 'staffScore', staff_score,
                   'reasons', reasons, 'comment', comment, 'at', created_at) ORDER BY created_at, id), '[]')
                 FROM survey_corrections WHERE survey_id = surveys.id) END AS answers
    FROM surveys JOIN service_requests ON service_requests.id = surveys.request_id
    JOIN customers ON customers.id = surveys.customer_id
    WHERE surveys.request_id = ${requestId}::uuid
    ORDER BY surveys.closed_at DESC, surveys.id DESC LIMIT ${mostSurveys}`,
    CardSurvey,
  );
}
