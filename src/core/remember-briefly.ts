import type { Sql } from './sql.js';

/** Answers of a moment ago, by the statement that asked and its values. */
export interface BriefMemory<Answer> {
  /** What was noted within the last minute. */
  find(asked: Sql): Answer | undefined;
  note(asked: Sql, answer: Answer): void;
}

const kept = { millis: 60_000, answers: 1_000 };

/** Knows nothing yet; `now` in milliseconds of any clock. */
export function rememberBriefly<Answer>(now: () => number = () => performance.now()): BriefMemory<Answer> {
  const notes = new Map<string, { readonly answer: Answer; readonly until: number }>();
  return {
    find(asked) {
      const note = notes.get(keyOf(asked));
      return note && note.until > now() ? note.answer : undefined;
    },
    note(asked, answer) {
      const key = keyOf(asked);
      // The oldest stand first.
      notes.delete(key);
      notes.set(key, { answer, until: now() + kept.millis });
      const [oldest] = notes.keys();
      if (notes.size > kept.answers && oldest !== undefined) notes.delete(oldest);
    },
  };
}

/** Moments count to the minute: what is late now is asked with another moment by each request. */
const keyOf = ({ text, values }: Sql): string =>
  JSON.stringify([
    text,
    values.map((value) =>
      value instanceof Date ? Math.floor(value.getTime() / kept.millis) * kept.millis : value,
    ),
  ]);
