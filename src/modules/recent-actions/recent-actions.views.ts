import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatRelative } from '../../core/format.js';
import { isMessageKey } from '../../core/i18n.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { actionsPerPage, type OwnActionRow } from './recent-actions.queries.js';

export interface RecentActionView {
  readonly id: string;
  readonly sentence: string;
  readonly when: string;
  readonly whenExact: string;
  readonly state: 'undoable' | 'underWay' | 'undone' | 'expired';
  /** In place of the way back, where there is none. */
  readonly stateText: string;
}

export interface RecentActionsView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly actions: readonly RecentActionView[];
  readonly olderHref: string;
}

/** The undo centre: what the viewer did, each with the way back. */
export function recentActionsView(context: ViewerContext, rows: readonly OwnActionRow[]): RecentActionsView {
  const { t, locale, deps } = context;
  const title = t('recentActions.title');
  const shown = rows.slice(0, actionsPerPage);
  const last = shown.at(-1);
  return {
    title,
    header: { title, count: '', subtitle: t('recentActions.subtitle'), trail: [], actions: [] },
    actions: shown.map((row) => {
      const state = stateOf(row, deps.now());
      return {
        id: row.id,
        sentence: sentence(context, row),
        when: formatRelative(row.created_at, deps.now(), locale),
        whenExact: formatDateTime(row.created_at, locale),
        state,
        stateText: state === 'undoable' ? '' : t(`recentActions.${state}`),
      };
    }),
    olderHref:
      rows.length > actionsPerPage && last ? `/recent-actions?before=${last.created_at.toISOString()}` : '',
  };
}

function stateOf(row: OwnActionRow, now: Date): RecentActionView['state'] {
  if (row.undone_at) return 'undone';
  if (row.is_being_undone) return 'underWay';
  return row.undo_until < now ? 'expired' : 'undoable';
}

function sentence({ t }: ViewerContext, row: OwnActionRow): string {
  const key = `recentActions.${row.kind}`;
  return isMessageKey(key) ? t(key, row.summary) : t('recentActions.other', { kind: row.kind });
}
