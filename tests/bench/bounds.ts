import type { Obligation } from './measure-obligations.js';

/** What budgets tell apart. */
export type RequestKind = 'list' | 'filtered list' | 'search' | 'record' | 'picker' | 'change';

/** How many times the floor's p50 a request may take, and which share of the floor's requests per second it must reach at 8. */
export interface Bound {
  readonly times: number;
  readonly share?: number;
}

export const budgets: Readonly<Record<RequestKind, Bound>> = {
  list: { times: 4, share: 1 / 5 },
  'filtered list': { times: 4, share: 1 / 5 },
  search: { times: 4 },
  record: { times: 6 },
  picker: { times: 3 },
  change: { times: 8 },
};

/** The obligation that each kind is held against; pickers and changes are held against their budgets alone. */
export const obligationOf = {
  list: '… with 50 phone numbers deciphered',
  'filtered list': '… with a filter: the ids of the page and their number, planned by its value',
  search: '… with a filter: the ids of the page and their number, planned by its value',
  record: 'for somebody signed in, with what a record reads of its customer',
} as const satisfies Partial<Record<RequestKind, string>>;

export const bareSearchName = (search: string): string => `bare search: ${search}`;

/** What a page may take beyond what it is obliged to do: as much again. */
const allowance = 2;

/**
 * What is argued for a request: twice what a page does that only fulfils the obligations of its kind; a search may take
 * what the bare search beyond the floor takes, too. See docs/performance.md. Nothing is argued where the obligations were
 * not measured.
 */
export function boundOf(
  { name, kind }: { readonly name: string; readonly kind: RequestKind },
  obligations: readonly Obligation[],
): Bound {
  const measured = new Map(obligations.map((obligation) => [obligation.name, obligation]));
  const floor = obligations[0];
  const obliged = kind === 'picker' || kind === 'change' ? undefined : measured.get(obligationOf[kind]);
  if (!floor || !obliged) return budgets[kind];
  const bareSearch = measured.get(bareSearchName(name)) ?? floor;
  return {
    times: (allowance * obliged.p50 + bareSearch.p50 - floor.p50) / floor.p50,
    share: obliged.perSecond / floor.perSecond / allowance,
  };
}

/** Whether so many times the floor's p50 and such a share of its requests lie within a bound. */
export const isWithin = (measured: Required<Bound>, { times, share = 0 }: Bound): boolean =>
  measured.times <= times && measured.share >= share;
