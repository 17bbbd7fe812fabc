import type { sampleCustomer } from './measured-customer-pages.js';
import type { sampleRequest } from './measured-request-pages.js';

const ofCustomers = (condition: string): string =>
  `SELECT id, name, customer_no, city FROM customers WHERE deleted_at IS NULL AND ${condition}
   ORDER BY created_at DESC, id DESC LIMIT 50`;

const ofRequests = (condition: string): string =>
  `SELECT id, subject AS name, request_no AS customer_no, place AS city FROM service_requests
   WHERE deleted_at IS NULL AND ${condition} ORDER BY received_at DESC, id DESC LIMIT 50`;

/** The least statement that answers one kind of search: it knows of no other kind, of no scope and of no count. */
export const bareStatements = {
  characters: ofCustomers(`string_to_array(lower(name), NULL) @> string_to_array($1, NULL)`),
  pinyin: ofCustomers(`lower(name_pinyin) LIKE '%' || $1 || '%'`),
  initials: ofCustomers(`lower(name_initials) LIKE $1 || '%'`),
  words: ofRequests(`lower(subject) LIKE '%' || $1 || '%'`),
  subjectCharacter: ofRequests(`string_to_array(lower(subject), NULL) @> string_to_array($1, NULL)`),
  customerName: ofRequests(
    `customer_id IN (SELECT id FROM customers WHERE lower(name) LIKE '%' || $1 || '%')`,
  ),
} as const;

export type BareKind = keyof typeof bareStatements;

export interface BareSearch {
  /** As the measured search is called. */
  readonly name: string;
  readonly kind: BareKind;
  readonly typed: string;
}

type Sampled<Read extends (...values: never) => unknown> = Awaited<ReturnType<Read>>;

/** One for each measured search that finds more than a handful. */
export function bareSearches(
  { name, name_pinyin: pinyin, name_initials: initials }: Sampled<typeof sampleCustomer>,
  { subject, customer_name: customerName }: Sampled<typeof sampleRequest>,
): BareSearch[] {
  const characters = Array.from(name);
  return [
    { name: 'search: one character', kind: 'characters', typed: characters[1] ?? '' },
    { name: 'search: two characters', kind: 'characters', typed: characters.slice(1).join('') },
    { name: 'search: whole pinyin', kind: 'pinyin', typed: pinyin },
    { name: 'search: part of pinyin', kind: 'pinyin', typed: pinyin.slice(1, 5) },
    { name: 'search: initials', kind: 'initials', typed: initials },
    { name: 'requests: search: frequent word', kind: 'words', typed: '染发' },
    { name: 'requests: search: rare word', kind: 'words', typed: '婚礼妆' },
    { name: 'requests: search: one character', kind: 'subjectCharacter', typed: '漏' },
    { name: 'requests: search: part of an English word', kind: 'words', typed: 'refun' },
    { name: 'requests: search: whole subject', kind: 'words', typed: subject.toLowerCase() },
    { name: 'requests: search: customer name', kind: 'customerName', typed: customerName.toLowerCase() },
  ];
}
