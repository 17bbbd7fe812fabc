import { formatDateTime } from '../../core/format.js';
import { asLocale, translator } from '../../core/i18n.js';
import type { OutgoingEmail } from '../../core/outbox.js';
import type { ToldPerson } from './notice-recipients.js';

/** Deadlines that one e-mail lists; of more it says how many. */
const mostListed = 50;

/** The e-mail to one person about deadlines; undefined for somebody without address. */
export function noticeEmail(baseUrl: string, notices: readonly ToldPerson[]): OutgoingEmail | undefined {
  const [first] = notices;
  if (!first || first.email === null) return undefined;
  const locale = asLocale(first.locale) ?? 'en';
  const t = translator(locale);
  const missed = notices.filter(({ stage }) => stage === 'escalation').length;
  const lines = notices.slice(0, mostListed).flatMap((notice) => [
    `- ${t(`deadlines.email.${notice.stage}`, {
      number: notice.request_no,
      subject: notice.subject ?? '',
      deadline: t(`deadlines.kind.${notice.kind}`),
      time: formatDateTime(notice.deadline, locale),
    })}`,
    `  ${baseUrl}/service-requests/${notice.request_id}`,
  ]);
  const rest = notices.length - mostListed;
  return {
    to: first.email,
    subject:
      missed > 0
        ? t('deadlines.email.subjectMissed', { count: missed })
        : t('deadlines.email.subjectSoon', { count: notices.length }),
    text: [
      t('deadlines.email.greeting', { name: first.user_name }),
      '',
      ...lines,
      ...(rest > 0 ? [t('deadlines.email.more', { count: rest })] : []),
      '',
    ].join('\n'),
  };
}
