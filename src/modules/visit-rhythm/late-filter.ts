import type { FieldSpec } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import { lateGroups } from './late-customers.js';

/** The filter of customers who did not come when they were expected. */
export const lateFilterSpec = (t: Translate): FieldSpec => ({
  name: 'late',
  label: 'visitRhythm.late',
  kind: 'select',
  options: lateGroups.map((group) => ({ value: group, label: t(`visitRhythm.group.${group}`) })),
});
