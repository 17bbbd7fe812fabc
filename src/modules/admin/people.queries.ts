import { z } from 'zod';
import type { FieldOption } from '../../core/form.js';
import { keepChoices } from '../../core/kept-choices.js';
import { sql } from '../../core/sql.js';

/** A user as lists and choices name them. */
export const Person = z.object({ id: z.string(), name: z.string(), username: z.string() });

export type Person = z.infer<typeof Person>;

/** Every user, disabled ones too, by name: the choices of a filter. At most 1,000. */
export const listPeople = keepChoices<Person[]>(({ deps }) =>
  deps.database.preparedRows(
    sql`SELECT id::text, name, username FROM users ORDER BY name, username LIMIT 1000`,
    Person,
  ),
);

/** People as the options of a filter; the user name tells namesakes apart. */
export const personOptions = (people: readonly Person[]): FieldOption[] =>
  people.map((person) => ({ value: person.id, label: personLabel(person) }));

export const personLabel = ({ name, username }: Person): string => `${name} (${username})`;
