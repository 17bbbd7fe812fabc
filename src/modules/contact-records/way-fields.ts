import type { FieldSpec } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import { channelOptions, directionOptions } from './contact-labels.js';

/** By what way somebody was in contact, as fields. */
export const wayFieldSpecs = (t: Translate): readonly FieldSpec[] => [
  {
    name: 'channel',
    label: 'contactRecords.channel',
    kind: 'select',
    required: true,
    options: channelOptions(t),
  },
  {
    name: 'direction',
    label: 'contactRecords.direction',
    kind: 'select',
    required: true,
    options: directionOptions(t),
  },
];
