import { sql, type Sql } from '../../../core/sql.js';
import { customerTagNamesColumn } from '../../tags/tag.js';
import { negated, type RuleOperator } from '../rule-operator.js';
import type { SegmentField } from '../segment-field.js';
import { namedOptions } from './options.js';

const tagged = (condition: Sql): Sql =>
  sql`EXISTS (SELECT FROM customer_tags WHERE customer_tags.customer_id = customers.id AND ${condition})`;

const hasAnyOf: RuleOperator = {
  name: 'hasAnyOf',
  inputs: ['choices'],
  holds: (_value, tagIds) => tagged(sql`customer_tags.tag_id = ANY(${[...tagIds]}::uuid[])`),
};

const hasAllOf: RuleOperator = {
  name: 'hasAllOf',
  inputs: ['choices'],
  holds: (_value, tagIds) => {
    const wanted = [...new Set(tagIds)];
    return sql`(SELECT count(*) FROM customer_tags WHERE customer_tags.customer_id = customers.id
                  AND customer_tags.tag_id = ANY(${wanted}::uuid[])) = ${wanted.length}::integer`;
  },
};

const isFilled: RuleOperator = { name: 'isFilled', inputs: [], holds: () => tagged(sql`TRUE`) };

/** The tags of the customer, told by their names. */
export const tagsField: SegmentField = {
  key: 'tags',
  area: 'customer',
  label: (t) => t('navigation.tags'),
  operators: [hasAnyOf, hasAllOf, negated('hasNoneOf', hasAnyOf), isFilled, negated('isEmpty', isFilled)],
  value: () => sql`nullif(array_to_string(${customerTagNamesColumn}, ', '), '')`,
  shown: 'text',
  options: ({ tags }) => namedOptions(tags),
};
