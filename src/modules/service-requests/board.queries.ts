import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { countEach } from '../../core/lists/count-each.js';
import { lowCountCap } from '../../core/lists/list.js';
import { allOf, sql, type Sql } from '../../core/sql.js';
import { deadlineKinds } from '../deadlines/deadline-kind.js';
import { stateCategories, stateColors } from '../request-states/request-state.js';
import type { RequestChoices } from './request-choices.queries.js';
import { requestConditions } from './requests-list.queries.js';
import type { BoardQuery } from './service-requests.schemas.js';
import { requestScope } from './service-requests.scope.js';

/** Cards of a column; more are found in the list. */
export const cardsPerColumn = 25;

const Named = z.object({ id: z.string(), name: z.string(), shippedKey: z.string().nullable() });

const Card = z.object({
  id: z.string(),
  request_no: z.string(),
  subject: z.string(),
  priority: z.number(),
  customer_name: z.string().nullable(),
  assignee_name: z.string().nullable(),
  next_due_at: z.coerce.date().nullable(),
  next_due_kind: z.enum(deadlineKinds).nullable(),
  can_work: z.boolean(),
});

const Column = Named.extend({
  category: z.enum(stateCategories),
  color: z.enum(stateColors),
  cards: z.array(Card),
  /** Where a card can go at once, by whoever works it. */
  steps: z.array(Named),
});

export type BoardCard = z.infer<typeof Card>;
export interface BoardColumn extends z.infer<typeof Column> {
  /** Up to the low cap and one more. */
  readonly count: number;
}

/** The states of work that is not done, each with its most urgent requests. */
export async function readBoard(
  context: ViewerContext,
  query: BoardQuery,
  { states }: Pick<RequestChoices, 'states'>,
): Promise<BoardColumn[]> {
  const [columns, counts] = await Promise.all([
    readColumns(context, query),
    countEach(
      context.deps.database,
      states
        .filter(({ category }) => category !== 'done')
        .map(({ id }) => ({
          name: id,
          from: sql`service_requests WHERE ${conditionsIn(context, query, sql`${id}::uuid`)}`,
        })),
      { cap: lowCountCap, isPrepared: isUnfiltered(query) },
    ),
  ]);
  return columns.map((column) => ({ ...column, count: counts.get(column.id) ?? column.cards.length }));
}

const conditionsIn = (context: ViewerContext, query: BoardQuery, stateId: Sql): Sql =>
  allOf([
    ...requestConditions(context, query),
    sql`service_requests.state_category <> 'done'`,
    sql`service_requests.state_id = ${stateId}`,
  ]);

function readColumns(context: ViewerContext, query: BoardQuery): Promise<z.infer<typeof Column>[]> {
  const where = conditionsIn(context, query, sql`states.id`);
  const due = sql`coalesce(service_requests.next_due_at, '9999-12-31 00:00+00')`;
  const { database } = context.deps;
  const statement = sql`
    SELECT states.id::text, states.name, states.shipped_key AS "shippedKey", states.category, states.color,
           (SELECT coalesce(jsonb_agg(to_jsonb(card) ORDER BY due, id), '[]') FROM (
              SELECT service_requests.id, request_no, subject, priority, next_due_at, next_due_kind, ${due} AS due,
                     (SELECT name FROM customers WHERE customers.id = customer_id) AS customer_name,
                     (SELECT name FROM users WHERE users.id = assignee_id) AS assignee_name,
                     coalesce(${requestScope(context.viewer, 'service-requests:work')}, FALSE) AS can_work
              FROM service_requests WHERE ${where} ORDER BY ${due}, service_requests.id LIMIT ${cardsPerColumn}) AS card) AS cards,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', target.id, 'name', target.name, 'shippedKey', target.shipped_key)
                                      ORDER BY target.position), '[]')
            FROM request_transitions AS steps JOIN request_states AS target ON target.id = steps.to_state_id
            WHERE steps.from_state_id = states.id AND steps.required_fields = '{}' AND target.category <> 'done'
              AND steps.permission = 'service-requests:work' AND target.archived_at IS NULL) AS steps
    FROM request_states AS states
    WHERE states.category <> 'done' AND states.archived_at IS NULL
    ORDER BY states.position, states.name`;
  return isUnfiltered(query) ? database.preparedRows(statement, Column) : database.rows(statement, Column);
}

/** True where at most the group is chosen: planning takes longer than reading the cards. */
const isUnfiltered = ({ type, priority, assignee, team, branch }: BoardQuery): boolean =>
  [type, priority, assignee, team, branch].every((filter) => filter === undefined);
