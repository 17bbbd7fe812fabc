import { keepChoices } from '../../core/kept-choices.js';
import { sql } from '../../core/sql.js';
import { Person } from './collaborator.js';

/** Everybody who can sign in, by name; at most 500. */
export const listActivePeople = keepChoices<Person[]>(({ deps }) =>
  deps.database.preparedRows(
    sql`SELECT id::text, name FROM users WHERE disabled_at IS NULL ORDER BY name, id LIMIT 500`,
    Person,
  ),
);
