import type { ViewerContext } from '../../../core/context.js';
import { formatDateTime } from '../../../core/format.js';
import { isMessageKey, type MessageKey, type Translate } from '../../../core/i18n.js';
import type { CellView } from '../../../core/lists/list-view.js';
import { deviceName } from './device-name.js';
import type { SignInRow } from './login-log.queries.js';

export const signInColumns = [
  'loginLog.person',
  'loginLog.result',
  'loginLog.at',
  'auth.address',
  'loginLog.reason',
  'auth.device',
] as const satisfies readonly MessageKey[];

const badges = { accepted: 'green', refused: 'red', ended: 'secondary' } as const;

/** One sign-in, in the order of `signInColumns`. */
export function signInCells({ t, locale }: ViewerContext, row: SignInRow): CellView[] {
  return [
    { text: row.actor_name },
    { text: t(`loginLog.result.${row.result}`), badge: badges[row.result] },
    { text: formatDateTime(row.at, locale) },
    { text: row.address ?? '' },
    { text: row.reason === null ? '' : reasonText(t, row.reason) },
    row.user_agent ? { text: deviceName(row.user_agent), title: row.user_agent } : { text: '' },
  ];
}

/** Why a sign-in was refused, in words; a reason without words stands as it was recorded. */
export function reasonText(t: Translate, reason: string): string {
  const key = `loginLog.reason.${reason}`;
  return isMessageKey(key) ? t(key) : reason;
}
