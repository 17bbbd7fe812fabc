import { z } from 'zod';
import { sql, type Sql } from '../../core/sql.js';

/** People who can work on a customer besides the owner. */
export const mostCollaborators = 10;

export const Person = z.object({ id: z.string(), name: z.string() });

export type Person = z.infer<typeof Person>;

/** A column of a SELECT from `customers`: the collaborators by name, as JSON. */
export const collaboratorsColumn = sql`(
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', people.id, 'name', people.name) ORDER BY people.name, people.id), '[]')
  FROM users AS people WHERE people.id = ANY (customers.collaborator_ids))`;

/** True of customers on whom a user works besides the owner. */
export const isSharedWith = (userId: string): Sql =>
  sql`(customers.collaborator_ids <> '{}' AND customers.collaborator_ids @> ARRAY[${userId}::uuid])`;

/**
 * A column: whether any customer is shared with a user. Hardly any customer has collaborators, which only the first
 * condition tells PostgreSQL: without it, it expects thousands and reads the table to find one.
 */
export const collaboratesColumn = (userId: Sql): Sql =>
  sql`EXISTS (SELECT FROM customers WHERE collaborator_ids <> '{}' AND collaborator_ids @> ARRAY[${userId}])`;
