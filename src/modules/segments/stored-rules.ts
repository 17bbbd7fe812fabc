import { isGroup, type SegmentGroup } from './rules.js';

type StoredRule =
  { match: string; rules: StoredRule[] } | { field: string; operator: string; values: string[] };

/** Rules as the database takes them. */
export const storedRules = ({ match, rules }: SegmentGroup): StoredRule => ({
  match,
  rules: rules.map((rule) => (isGroup(rule) ? storedRules(rule) : { ...rule, values: [...rule.values] })),
});
