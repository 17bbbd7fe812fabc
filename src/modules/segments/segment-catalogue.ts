import type { CustomField } from '../custom-fields/custom-field.js';
import { contactFields } from './fields/contact-fields.js';
import { customSegmentField } from './fields/custom-fields.js';
import { customerFields } from './fields/customer-fields.js';
import { purchaseFields } from './fields/purchase-fields.js';
import { requestFields } from './fields/request-fields.js';
import type { RuleOperator } from './rule-operator.js';
import type { SegmentCondition } from './rules.js';
import type { SegmentField } from './segment-field.js';

/** Everything that rules can ask, by key, in the order in which it is offered. */
export type SegmentCatalogue = ReadonlyMap<string, SegmentField>;

/** The fields of all areas, and those that administrators defined. */
export function segmentCatalogue(customFields: readonly CustomField[]): SegmentCatalogue {
  const fields = [
    ...customerFields,
    ...purchaseFields,
    ...contactFields,
    ...requestFields,
    ...customFields.map(customSegmentField),
  ];
  return new Map(fields.map((field) => [field.key, field]));
}

/** The operator of a condition; undefined when its field is gone. */
export const operatorOf = (
  catalogue: SegmentCatalogue,
  { field, operator }: SegmentCondition,
): RuleOperator | undefined => catalogue.get(field)?.operators.find(({ name }) => name === operator);
