import { formatDay } from '../../core/format.js';
import type { Locale, Translate } from '../../core/i18n.js';
import type { OutgoingEmail } from '../../core/outbox.js';
import { clockText } from './clock-time.js';
import type { DigestEntry, DigestReader } from './digest.queries.js';

export interface DigestWords {
  readonly t: Translate;
  readonly locale: Locale;
  readonly baseUrl: string;
}

/** The morning e-mail of one user: what is overdue, what is due today, and where to do it. */
export function digestEmail(
  { t, locale, baseUrl }: DigestWords,
  reader: DigestReader,
  day: string,
  entries: readonly DigestEntry[],
): OutgoingEmail {
  const dueCount = entries[0]?.due_count ?? 0;
  const overdue = entries.filter((entry) => entry.due_on < day);
  const today = entries.filter((entry) => entry.due_on >= day);
  const lines = (listed: readonly DigestEntry[]): string[] =>
    listed.map((entry) => {
      const when = `${formatDay(entry.due_on, locale)} ${clockText(entry.due_minute)}`.trim();
      const { customer_name: customer, customer_no: number, action } = entry;
      return `- ${t('digest.line', { when, customer, number, action })}\n  ${baseUrl}/follow-ups/${entry.id}`;
    });
  const section = (title: string, listed: readonly DigestEntry[]): string[] =>
    listed.length === 0 ? [] : [title, ...lines(listed), ''];
  const rest = dueCount - entries.length;
  return {
    to: reader.email,
    subject: t('digest.subject', { count: dueCount, day: formatDay(day, locale) }),
    text: [
      t('digest.greeting', { name: reader.name }),
      '',
      ...section(t('digest.overdue'), overdue),
      ...section(t('digest.today'), today),
      ...(rest > 0 ? [t('digest.more', { count: rest }), ''] : []),
      `${t('digest.all')} ${baseUrl}/follow-ups`,
      `${t('digest.switchOff')} ${baseUrl}/profile/reminders`,
      '',
    ].join('\n'),
  };
}
