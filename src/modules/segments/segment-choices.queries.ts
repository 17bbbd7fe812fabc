import { z } from 'zod';
import type { Context } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { CustomField, customFieldsColumn } from '../custom-fields/custom-field.js';
import {
  branchesColumn,
  Choice,
  ownersColumn,
  sourcesColumn,
} from '../customers/customer-choices.queries.js';
import { allTagsColumn, Tag } from '../tags/tag.js';
import { allTiersColumn } from '../tiers/effective-tier.js';

const SegmentChoices = z.object({
  owners: z.array(Choice),
  teams: z.array(Choice),
  branches: z.array(Choice),
  sources: z.array(z.string()),
  tags: z.array(Tag),
  tiers: z.array(Choice),
  customFields: z.array(CustomField),
});

/** What rules can choose from, and which custom fields there are. */
export type SegmentChoices = z.infer<typeof SegmentChoices>;

/** Read in one statement. */
export async function readSegmentChoices({ deps }: Pick<Context, 'deps'>): Promise<SegmentChoices> {
  const [choices] = await deps.database.rows(
    sql`SELECT ${ownersColumn} AS owners, ${branchesColumn} AS branches, ${sourcesColumn} AS sources,
               ${allTagsColumn} AS tags, ${allTiersColumn} AS tiers, ${customFieldsColumn} AS "customFields",
               (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name, id), '[]')
                FROM (SELECT id, name FROM teams ORDER BY name, id LIMIT 500) AS found) AS teams`,
    SegmentChoices,
  );
  return SegmentChoices.parse(choices);
}
