import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { sql } from '../../core/sql.js';
import { requestBehaviours } from './request-type.js';
import { cappedCount } from '../service-settings/setting-usage.queries.js';

const RequestType = z.object({
  id: z.string(),
  name: z.string(),
  shippedKey: z.string().nullable(),
  behaviour: z.enum(requestBehaviours),
  defaultPriority: z.number(),
  teamId: z.string().nullable(),
  skillId: z.string().nullable(),
  isSurveyed: z.boolean(),
  isPublic: z.boolean(),
  isArchived: z.boolean(),
  version: z.number(),
});

/** A type of requests with what its administration needs. */
export type RequestType = z.infer<typeof RequestType>;

const columns = sql`request_types.id::text, request_types.name, request_types.shipped_key AS "shippedKey",
  request_types.behaviour, request_types.default_priority AS "defaultPriority",
  request_types.team_id::text AS "teamId", request_types.skill_id::text AS "skillId",
  request_types.is_surveyed AS "isSurveyed", request_types.is_public AS "isPublic",
  request_types.archived_at IS NOT NULL AS "isArchived", request_types.version`;

const ListedType = RequestType.extend({
  teamName: z.string().nullable(),
  skillName: z.string().nullable(),
  requestCount: z.number(),
});

export type ListedType = z.infer<typeof ListedType>;

/** Every type in its order, those out of use last; requests are counted up to one above the cap. */
export const listRequestTypes = ({ deps }: ViewerContext): Promise<ListedType[]> =>
  deps.database.rows(
    sql`SELECT ${columns}, teams.name AS "teamName", skills.name AS "skillName",
               ${cappedCount(sql`service_requests WHERE service_requests.type_id = request_types.id`)} AS "requestCount"
        FROM request_types LEFT JOIN teams ON teams.id = request_types.team_id
        LEFT JOIN skills ON skills.id = request_types.skill_id
        ORDER BY request_types.archived_at IS NOT NULL, request_types.position, request_types.name`,
    ListedType,
  );

/** @throws NotFound */
export async function findRequestType({ deps }: ViewerContext, id: string): Promise<RequestType> {
  const [type] = await deps.database.rows(
    sql`SELECT ${columns} FROM request_types WHERE id = ${id}::uuid`,
    RequestType,
  );
  if (!type) throw new NotFound('no such type of requests');
  return type;
}
