import { sql, type Sql } from '../../core/sql.js';

/** What is typed or chosen for an operator; a count and a price are above zero. */
export type InputKind =
  'text' | 'number' | 'money' | 'count' | 'price' | 'days' | 'date' | 'month' | 'choices';

export interface RuleContext {
  /** `yyyy-mm-dd` in the product's time zone; relative days count from it. */
  readonly today: string;
  /**
   * What the condition is asked of. For all customers, purchases are added up once for everybody; for some, for each of
   * them. The answers are the same.
   */
  readonly reach: 'all' | 'some';
}

/**
 * A way to compare a field. A missing value (NULL) fulfils nothing but "is empty", and what says "not" is the exact
 * complement of what it negates, so a missing value fulfils it.
 */
export interface RuleOperator {
  /** Its texts are `segments.operator.<name>` and `segments.phrase.<name>`. */
  readonly name: string;
  readonly inputs: readonly InputKind[];
  /** The condition; unknown (NULL) counts as not fulfilled. */
  holds(value: Sql, values: readonly string[], context: RuleContext): Sql;
}

/** The operator that holds exactly where another one does not. */
export const negated = (name: string, operator: RuleOperator): RuleOperator => ({
  ...operator,
  name,
  holds: (value, values, context) => isNot(operator.holds(value, values, context)),
});

/** True where a condition is false or unknown. */
export const isNot = (condition: Sql): Sql => sql`((${condition}) IS NOT TRUE)`;
