import type { FieldSpec } from '../../core/form.js';
import type { FollowUpOwner } from './follow-up-owners.queries.js';
import { followUpLimits } from './follow-ups.schemas.js';

const asOptions = (owners: readonly FollowUpOwner[]) =>
  owners.map(({ id, name }) => ({ value: id, label: name }));

/** The fields that plan what comes next. With one possible owner there is nothing to choose. */
export const nextFieldSpecs = (owners: readonly FollowUpOwner[]): readonly FieldSpec[] => [
  { name: 'nextOn', label: 'followUps.nextOn', kind: 'date' },
  { name: 'nextTime', label: 'followUps.dueTime', kind: 'text', maxLength: 5, placeholder: '15:30' },
  { name: 'nextAction', label: 'followUps.nextAction', kind: 'text', maxLength: followUpLimits.action },
  ...ownerSpecs('nextOwnerId', owners),
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
  ...ownerSpecs('ownerId', owners),
];

const ownerSpecs = (name: string, owners: readonly FollowUpOwner[]): readonly FieldSpec[] =>
  owners.length < 2
    ? []
    : [{ name, label: 'followUps.owner', kind: 'select', required: true, options: asOptions(owners) }];
