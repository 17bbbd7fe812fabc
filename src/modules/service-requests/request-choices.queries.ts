import { z } from 'zod';
import { keepChoices } from '../../core/kept-choices.js';
import { sql } from '../../core/sql.js';
import { mayWorkRequests } from '../assignment/staff-conditions.js';
import { requestBehaviours } from '../request-types/request-type.js';
import { stateCategories, stateColors } from '../request-states/request-state.js';

const Named = z.object({ id: z.string(), name: z.string() });

export const ChoosableType = Named.extend({
  shippedKey: z.string().nullable(),
  behaviour: z.enum(requestBehaviours),
  defaultPriority: z.number(),
});

export const ChoosableState = Named.extend({
  shippedKey: z.string().nullable(),
  category: z.enum(stateCategories),
  color: z.enum(stateColors),
});

/** A category with the names above it, outermost first. */
export const ChoosableCategory = Named.extend({
  typeId: z.string().nullable(),
  path: z.array(z.string()),
});

/** Somebody, and whether they can be given requests. */
const ChoosablePerson = Named.extend({ mayWork: z.boolean() });

const RequestChoices = z.object({
  types: z.array(ChoosableType),
  states: z.array(ChoosableState),
  categories: z.array(ChoosableCategory),
  people: z.array(ChoosablePerson),
  teams: z.array(Named),
  branches: z.array(Named),
});

export type ChoosableType = z.infer<typeof ChoosableType>;
export type ChoosableState = z.infer<typeof ChoosableState>;
export type ChoosableCategory = z.infer<typeof ChoosableCategory>;

/** What can be chosen in forms and filters of requests. */
export type RequestChoices = z.infer<typeof RequestChoices>;

/** What is in use, in the administrator's order, in one statement. People: at most 500 who are not disabled. */
export const readRequestChoices = keepChoices<RequestChoices>(async ({ deps }) => {
  const [row] = await deps.database.preparedRows(
    sql`
    SELECT jsonb_build_object(
      'types', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'shippedKey', shipped_key,
                  'behaviour', behaviour, 'defaultPriority', default_priority) ORDER BY position, name), '[]')
                FROM request_types WHERE archived_at IS NULL),
      'states', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'shippedKey', shipped_key,
                   'category', category, 'color', color) ORDER BY position, name), '[]')
                 FROM request_states WHERE archived_at IS NULL),
      'categories', (
        WITH RECURSIVE tree AS (
          SELECT id, name, type_id, ARRAY[name] AS path, ARRAY[lpad(position::text, 9, '0'), name] AS place
          FROM request_categories WHERE parent_id IS NULL AND archived_at IS NULL
          UNION ALL
          SELECT child.id, child.name, tree.type_id, tree.path || child.name,
                 tree.place || ARRAY[lpad(child.position::text, 9, '0'), child.name]
          FROM request_categories AS child JOIN tree ON tree.id = child.parent_id WHERE child.archived_at IS NULL)
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'typeId', type_id, 'path', path) ORDER BY place), '[]')
        FROM tree),
      'people', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'mayWork', may_work)
                                            ORDER BY name, id), '[]')
                 FROM (SELECT id, name, ${mayWorkRequests(sql`users.id`)} AS may_work FROM users WHERE disabled_at IS NULL ORDER BY name, id LIMIT 500) AS people),
      'teams', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name), '[]') FROM teams),
      'branches', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name), '[]') FROM branches)
    ) AS choices`,
    z.object({ choices: RequestChoices }),
  );
  if (!row) throw new Error('choices of requests could not be read');
  return row.choices;
});
