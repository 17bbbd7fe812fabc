import { z } from 'zod';
import { sql, type Sql } from '../../core/sql.js';
import type { Viewer } from '../../core/viewer.js';
import { entryKinds } from '../service-requests/request.js';

/** Days after which words that nobody went on with are gone. */
export const draftDays = 30;

export const RequestDraft = z.object({
  kind: z.enum(entryKinds),
  body: z.string(),
  keptAt: z.coerce.date(),
});

/** What the viewer has typed on a request and not sent yet. */
export type RequestDraft = z.infer<typeof RequestDraft>;

/** A column of a SELECT from `service_requests`: the viewer's own draft as JSON, null where there is none. */
export const draftColumn = (viewer: Viewer): Sql => sql`(
  SELECT jsonb_build_object('kind', request_drafts.kind, 'body', body, 'keptAt', request_drafts.updated_at)
  FROM request_drafts WHERE request_id = service_requests.id AND user_id = ${viewer.id}::uuid)`;
