import { v5 as nameId } from 'uuid';
import type { Dependencies } from '../../core/context.js';
import { asLocale, translator } from '../../core/i18n.js';
import { addEmail } from '../../core/outbox.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { addNotificationOnce } from '../notifications/notifications.service.js';
import { digestEmail } from './digest-text.js';
import { listDigestEntries, listDigestReaders, type DigestDay, type DigestReader } from './digest.queries.js';
import { wallTime, zonedMoment } from './zoned-time.js';

/** Minutes after midnight between which digests are written: a product that was down in the morning catches up until noon. */
const digestMinute = 8 * 60;
const lastMinute = 12 * 60;

/** Made once; with it every user and day has one id, and so one digest. */
const digestNames = '5f0c9d3e-6a53-4a0e-9d5b-6b1f7c1f2a44';

const actor = { id: null, name: 'digest' };

/**
 * Writes the morning e-mails that are missing: one to each user who has something due or overdue and wants to know.
 * The e-mail and a notification whose id is that of the user's day are one unit of work, so that several processes and
 * a process killed halfway write it once. Returns how many were written; none before eight and from noon on.
 */
export async function writeDigests(deps: Dependencies): Promise<number> {
  const { day, minute } = wallTime(deps.now());
  if (minute < digestMinute || minute >= lastMinute) return 0;
  const digest = { day, from: zonedMoment({ day, minute: digestMinute }) };
  let written = 0;
  for (const reader of await listDigestReaders(deps, digest)) {
    if (await writeDigest(deps, reader, digest)) written += 1;
  }
  return written;
}

async function writeDigest(deps: Dependencies, reader: DigestReader, digest: DigestDay): Promise<boolean> {
  const { day } = digest;
  const entries = await listDigestEntries(deps, reader.id, digest);
  const [first] = entries;
  if (!first) return false;
  const locale = asLocale(reader.locale) ?? 'en';
  const { baseUrl } = deps.config;
  const email = digestEmail({ t: translator(locale), locale, baseUrl }, reader, day, entries);
  const notification = {
    userId: reader.id,
    kind: 'digestSent',
    params: { day, overdue: first.overdue_count, today: first.due_count - first.overdue_count },
    href: '/follow-ups',
  } as const;
  return unitOfWork({ deps, actor }, 'follow-ups.digest-written', async (tx) => {
    const id = nameId(`${reader.id} ${day}`, digestNames);
    const isFirst = await addNotificationOnce(tx, id, notification, deps.now());
    if (isFirst) await addEmail(tx, deps, email);
    return isFirst;
  });
}
