import { anyOf, joinSql, sql, type Sql } from '../../core/sql.js';
import { nameHolds, nameMatches, prefix } from '../customers/name-search.js';

const inLowerCase = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** What a typed text may mean: a number, words of the subject, the customer's name. Each way uses an index of its own. */
export const requestHits = (text: string): Sql[] => [
  ...subjectOrNumberHits(text),
  sql`service_requests.customer_id IN (
    SELECT id FROM customers WHERE ${nameMatches(sql`customers.name`, inLowerCase(text))})`,
];

/** What a typed text may mean of a request itself: its number or words of its subject. */
export const subjectOrNumberHits = (text: string): Sql[] => [...numberHits(text), holdsWords(text)];

/** Its number or the digits of it, that in another system, or that of a request which was merged into it. */
export const numberHits = (text: string): Sql[] => [
  ...ownNumberHits(sql`service_requests`, text),
  sql`service_requests.id IN (
    SELECT merged_into_id FROM service_requests AS merged
    WHERE merged_into_id IS NOT NULL AND ${anyOf(ownNumberHits(sql`merged`, text))})`,
];

/** As few as the text may mean: planning each of them takes longer than finding nothing by it. */
function ownNumberHits(requests: Sql, text: string): Sql[] {
  const typed = inLowerCase(text);
  return [
    ...(beginsNumber.test(typed)
      ? [sql`upper(${requests}.request_no) LIKE ${prefix(typed.toUpperCase())}`]
      : []),
    ...(/^\d{3,9}$/.test(typed) ? [sql`${requests}.request_no IN (${numbersEndingIn(typed)})`] : []),
    sql`${requests}.source_no = ${text.trim()}`,
  ];
}

/** `SR-2026-000123` from its first letter on. */
const beginsNumber = /^(s|sr|sr-[\d-]*)$/;

/** The digits alone, as people say them on the phone: of any year in which requests have numbers. */
const numbersEndingIn = (digits: string): Sql => sql`
  SELECT 'SR-' || year || '-' || lpad(${digits}, greatest(6, length(${digits})), '0')
  FROM generate_series(2020, extract(year FROM now())::integer + 1) AS year`;

const holdsWords = (text: string): Sql => nameMatches(sql`service_requests.subject`, inLowerCase(text));

/** True of a request whose subject holds what was typed, asked of one row after the other. */
export const subjectHolds = (text: string): Sql =>
  nameHolds(sql`service_requests.subject`, inLowerCase(text));

/** The same as {@link subjectOrNumberHits}, asked of one row after the other: for words that very many hold. */
export const holdsTextOrNumber = (text: string): Sql => anyOf([subjectHolds(text), ...numberHits(text)]);

/** The same as {@link requestHits}, asked of one row after the other. */
export const holdsText = (text: string): Sql =>
  anyOf([
    holdsTextOrNumber(text),
    sql`EXISTS (SELECT FROM customers WHERE customers.id = service_requests.customer_id
                  AND ${nameMatches(sql`customers.name`, inLowerCase(text))})`,
  ]);

/** A query of the ids of what some ways find, as long as there are ways; an id may come twice. */
export const idsOf = (ways: readonly Sql[]): Sql =>
  joinSql(
    ways.map(
      (way) => sql`(SELECT service_requests.id FROM service_requests WHERE deleted_at IS NULL AND ${way})`,
    ),
    ' UNION ALL ',
  );
