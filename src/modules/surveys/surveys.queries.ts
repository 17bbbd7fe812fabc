import { z } from 'zod';
import type { Context } from '../../core/context.js';
import { locales } from '../../core/i18n.js';
import { sql } from '../../core/sql.js';
import { personalTokenHash } from '../personal-links/personal-token.js';

const OpenSurvey = z.object({
  id: z.string(),
  request_id: z.string(),
  request_no: z.string(),
  closed_at: z.date(),
  round: z.number(),
  staff_name: z.string().nullable(),
  locale: z.enum(locales),
  type_name: z.string(),
  type_key: z.string().nullable(),
  answered_at: z.date().nullable(),
});

/** A survey as its link opens it. */
export type OpenSurvey = z.infer<typeof OpenSurvey>;

/** The survey behind a token; undefined when it is unknown, expired or revoked, or its request or customer is gone. */
export async function findOpenSurvey(
  { deps }: Pick<Context, 'deps'>,
  token: string,
): Promise<OpenSurvey | undefined> {
  const [survey] = await deps.database.rows(
    sql`SELECT surveys.id::text, surveys.request_id::text, service_requests.request_no, surveys.closed_at, surveys.round,
               surveys.staff_name, surveys.locale, request_types.name AS type_name,
               request_types.shipped_key AS type_key, surveys.answered_at
        FROM surveys
        JOIN service_requests ON service_requests.id = surveys.request_id
        JOIN request_types ON request_types.id = service_requests.type_id
        JOIN customers ON customers.id = surveys.customer_id
        WHERE surveys.token_hash = ${personalTokenHash(token)} AND surveys.revoked_at IS NULL
          AND surveys.expires_at > ${deps.now()} AND service_requests.deleted_at IS NULL
          AND customers.deleted_at IS NULL`,
    OpenSurvey,
  );
  return survey;
}
