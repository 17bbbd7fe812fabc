/** A customer as the rules for duplicates look at it, contact data in clear. */
export interface ComparedCustomer {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly wechat: string | null;
  readonly birthDate: string | null;
  readonly birthCalendar: string;
  readonly gender: string | null;
  readonly city: string | null;
  readonly isDeleted: boolean;
}

export interface ExpectedPair {
  readonly first_id: string;
  readonly second_id: string;
  readonly reasons: Readonly<Record<string, number>>;
  readonly score: number;
  readonly state: string;
}

type Key = (customer: ComparedCustomer) => string | null;

const bareName = ({ name }: ComparedCustomer): string => name.toLowerCase().replace(/[ 　·•.,'’-]/g, '');
const withName = (customer: ComparedCustomer, more: string | null): string | null =>
  bareName(customer) === '' || more === null ? null : `${bareName(customer)} ${more}`;

const rules: readonly { reason: string; points: number; key: Key }[] = [
  { reason: 'phone', points: 55, key: ({ phone }) => phone },
  { reason: 'email', points: 50, key: ({ email }) => email },
  { reason: 'wechat', points: 50, key: ({ wechat }) => wechat?.toLowerCase() ?? null },
  {
    reason: 'nameAndBirthDate',
    points: 30,
    key: (customer) => withName(customer, customer.birthDate && customer.birthCalendar + customer.birthDate),
  },
  {
    reason: 'nameAndCity',
    points: 10,
    key: (customer) => withName(customer, customer.city?.toLowerCase() ?? null),
  },
];

/** Every pair compared with every rule, as slowly and plainly as it can be said. */
export function expectedPairs(customers: readonly ComparedCustomer[]): ExpectedPair[] {
  const live = customers
    .filter(({ isDeleted }) => !isDeleted)
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const found: ExpectedPair[] = [];
  for (const first of live) {
    for (const second of live) {
      if (first.id >= second.id) continue;
      const reasons: Record<string, number> = {};
      let score = 0;
      for (const { reason, points, key } of rules) {
        const group = live.filter((customer) => key(customer) !== null && key(customer) === key(first));
        if (!group.includes(second) || !isPair(reason, group, first, second)) continue;
        reasons[reason] = group.length;
        score += group.length > 20 ? 10 : points;
      }
      if (Object.keys(reasons).length === 0) continue;
      if (bareName(first) === bareName(second)) score += 25;
      if (haveOtherBirthDates(first, second)) score -= 20;
      found.push({
        first_id: first.id,
        second_id: second.id,
        reasons,
        score: Math.min(100, Math.max(1, score)),
        state: 'open',
      });
    }
  }
  return found;
}

function isPair(
  reason: string,
  group: readonly ComparedCustomer[],
  first: ComparedCustomer,
  second: ComparedCustomer,
): boolean {
  if (reason !== 'nameAndCity') return group.length <= 20 || (first === group[0] && second === group[1]);
  const haveOtherGenders = first.gender !== null && second.gender !== null && first.gender !== second.gender;
  return group.length <= 3 && !haveOtherGenders && !haveOtherBirthDates(first, second);
}

const haveOtherBirthDates = (first: ComparedCustomer, second: ComparedCustomer): boolean =>
  first.birthDate !== null &&
  second.birthDate !== null &&
  first.birthCalendar === second.birthCalendar &&
  first.birthDate !== second.birthDate;
