import type { FieldOption } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import {
  contactChannels,
  contactDirections,
  contactOutcomes,
  type ContactChannel,
  type ContactDirection,
} from './contact-choices.js';

/** The choices of a contact record in the viewer's words. */

export const channelOptions = (t: Translate): FieldOption[] =>
  contactChannels.map((channel) => ({ value: channel, label: t(`contactRecords.channel.${channel}`) }));

export const directionOptions = (t: Translate): FieldOption[] =>
  contactDirections.map((direction) => ({
    value: direction,
    label: t(`contactRecords.direction.${direction}`),
  }));

export const outcomeOptions = (t: Translate): FieldOption[] =>
  contactOutcomes.map((outcome) => ({ value: outcome, label: t(`contactRecords.outcome.${outcome}`) }));

/** "Phone call to the customer", "E-mail from the customer": a contact in a few words. */
export const contactTitle = (
  t: Translate,
  { channel, direction }: { channel: ContactChannel; direction: ContactDirection },
): string => t(`contactRecords.title.${direction}`, { channel: t(`contactRecords.channel.${channel}`) });

/** Icons of public/icons.css by channel. */
export const channelIcons: Readonly<Record<ContactChannel, string>> = {
  phone: 'phone',
  wechat: 'brand-wechat',
  sms: 'device-mobile',
  email: 'mail',
  in_person: 'building-store',
  online: 'message',
  other: 'note',
};
