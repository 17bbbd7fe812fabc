import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatDay, formatRelative } from '../../core/format.js';
import { isMessageKey } from '../../core/i18n.js';
import type { TimelineView } from '../../core/views/timeline-view.js';
import type { ChainLink } from './follow-up-chain.queries.js';

const icons = { open: 'clock', done: 'circle-check', cancelled: 'circle-x' } as const;

/** What came before and after a follow-up, latest first. */
export function chainTimeline(context: ViewerContext, chain: readonly ChainLink[]): TimelineView {
  const { t, locale, deps } = context;
  return {
    items: chain.map((link) => {
      const at = link.finished_at ?? link.created_at;
      return {
        icon: icons[link.state],
        title: t(`followUps.chain.${link.state}`, {
          action: link.action,
          day: formatDay(link.due_on, locale),
          owner: link.owner_name,
        }),
        text: details(context, link),
        when: formatRelative(at, deps.now(), locale),
        whenExact: formatDateTime(at, locale),
        href: `/follow-ups/${link.id}`,
      };
    }),
    emptyText: '',
    olderHref: '',
  };
}

function details({ t }: ViewerContext, link: ChainLink): string {
  const key = `contactRecords.outcome.${link.outcome ?? ''}`;
  const parts = [isMessageKey(key) ? t(key) : '', link.summary ?? '', link.reason ?? ''];
  return parts.filter((part) => part !== '').join('\n');
}
