import type { FieldOption, FieldSpec } from '../../core/form.js';
import type { FollowUpOwner } from './follow-up-owners.queries.js';
import { followUpLimits } from './follow-ups.schemas.js';

/** The fields that plan what comes next. Whoever fills them in has it themselves unless somebody else is chosen. */
export const nextFieldSpecs = (owners: readonly FollowUpOwner[], viewerId: string): readonly FieldSpec[] => [
  { name: 'nextOn', label: 'followUps.nextOn', kind: 'date' },
  { name: 'nextTime', label: 'followUps.dueTime', kind: 'text', maxLength: 5, placeholder: '15:30' },
  { name: 'nextAction', label: 'followUps.nextAction', kind: 'text', maxLength: followUpLimits.action },
  ...(owners.length < 2
    ? []
    : [
        {
          name: 'nextOwnerId',
          label: 'followUps.owner',
          kind: 'select',
          options: ownFirst(owners, viewerId),
        } as const,
      ]),
];

/** The fields of a follow-up on a page of its own. */
export const followUpFieldSpecs = (owners: readonly FollowUpOwner[]): readonly FieldSpec[] => [
  {
    name: 'action',
    label: 'followUps.action',
    kind: 'text',
    required: true,
    maxLength: followUpLimits.action,
  },
  { name: 'dueOn', label: 'followUps.dueOn', kind: 'date', required: true },
  {
    name: 'dueTime',
    label: 'followUps.dueTime',
    kind: 'text',
    maxLength: 5,
    placeholder: '15:30',
    help: 'followUps.dueTimeHelp',
  },
  ...(owners.length < 2
    ? []
    : [
        {
          name: 'ownerId',
          label: 'followUps.owner',
          kind: 'select',
          required: true,
          options: owners.map(({ id, name }) => ({ value: id, label: name })),
        } as const,
      ]),
];

/** The viewer as the choice of those who choose nobody. */
function ownFirst(owners: readonly FollowUpOwner[], viewerId: string): FieldOption[] {
  const own = owners.filter(({ id }) => id === viewerId).map(({ name }) => ({ value: '', label: name }));
  const others = owners
    .filter(({ id }) => id !== viewerId)
    .map(({ id, name }) => ({ value: id, label: name }));
  return [...own, ...others];
}
