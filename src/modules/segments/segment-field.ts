import type { FieldOption } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import type { Sql } from '../../core/sql.js';
import type { RuleOperator } from './rule-operator.js';
import type { SegmentChoices } from './segment-choices.queries.js';

/** The headings under which a form offers fields. */
export const segmentAreas = ['customer', 'purchases', 'contact', 'custom'] as const;
export type SegmentArea = (typeof segmentAreas)[number];

/** Something that rules can ask of a customer. */
export interface SegmentField {
  /** Stored with rules: lives for ever. */
  readonly key: string;
  readonly area: SegmentArea;
  readonly label: (t: Translate) => string;
  /** The first one is offered first. */
  readonly operators: readonly RuleOperator[];
  /** The value within `segmentTables` on a day; NULL where it is missing. Some depend on what a condition compares with. */
  readonly value: (today: string, values: readonly string[]) => Sql;
  /** How a value is told to a person. */
  readonly shown: 'text' | 'choice' | 'number' | 'money' | 'day' | 'yesNo' | 'birthday';
  /** For values that are chosen from a list. */
  readonly options?: (choices: SegmentChoices, t: Translate) => readonly FieldOption[];
}
