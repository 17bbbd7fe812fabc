import type { FieldOption } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import type { CellView } from '../../core/lists/list-view.js';
import { contactChannels } from '../contact-records/contact-choices.js';
import { stateName } from '../request-states/state-name.js';
import { priorityName } from '../request-types/priority-name.js';
import { requestPriorities } from '../request-types/request-type.js';
import { typeName } from '../request-types/type-name.js';
import type { RequestChoices } from './request-choices.queries.js';

/** Only what stands out is coloured. */
export function priorityCell(t: Translate, priority: number): CellView {
  const text = priorityName(t, priority);
  if (priority === 4) return { text, badge: 'red' };
  return priority === 3 ? { text, badge: 'yellow' } : { text };
}

export const priorityOptions = (t: Translate): FieldOption[] =>
  requestPriorities.map((priority) => ({ value: String(priority), label: priorityName(t, priority) }));

export const channelOptions = (t: Translate): FieldOption[] =>
  contactChannels.map((channel) => ({ value: channel, label: t(`contactRecords.channel.${channel}`) }));

export const typeOptions = (t: Translate, { types }: RequestChoices): FieldOption[] =>
  types.map((type) => ({ value: type.id, label: typeName(t, type) }));

export const stateOptions = (t: Translate, { states }: RequestChoices): FieldOption[] =>
  states.map((state) => ({ value: state.id, label: stateName(t, state) }));

/** Categories below those above them, with the type that they are for where it is one. */
export const categoryOptions = (t: Translate, { categories, types }: RequestChoices): FieldOption[] =>
  categories.map(({ id, path, typeId }) => {
    const type = types.find((each) => each.id === typeId);
    const label = path.join(' › ');
    return { value: id, label: type ? `${label} (${typeName(t, type)})` : label };
  });

export const namedOptions = (
  rows: readonly { readonly id: string; readonly name: string }[],
): FieldOption[] => rows.map(({ id, name }) => ({ value: id, label: name }));

/** Who can be given requests, and whoever has the one in question. */
export const workerOptions = ({ people }: RequestChoices, currentId?: string): FieldOption[] =>
  namedOptions(people.filter(({ id, mayWork }) => mayWork || id === currentId));
