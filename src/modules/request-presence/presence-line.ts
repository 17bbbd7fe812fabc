import type { ViewerContext } from '../../core/context.js';
import type { Presence } from './request-presence.queries.js';

/** Who else has the request open, in words. */
export interface PresenceView {
  readonly path: string;
  /** Of the record on the screen. */
  readonly version: number;
  readonly sentences: readonly string[];
  /** That it was changed since it was opened; '' when it was not. */
  readonly changed: string;
  /** The record as it is now. */
  readonly href: string;
}

/** Who else has the request open, in words. */
export function presenceLine(
  { t }: ViewerContext,
  { id, version }: { readonly id: string; readonly version: number },
  { others, change }: Presence,
): PresenceView {
  const sentence = (isWriting: boolean): string[] => {
    const names = others.filter((other) => other.isWriting === isWriting).map(({ name }) => name);
    const params = { names: names.join(t('common.listSeparator')), count: names.length };
    return names.length === 0 ? [] : [t(`requestPresence.${isWriting ? 'writing' : 'open'}`, params)];
  };
  const href = `/service-requests/${id}`;
  return {
    path: `${href}/presence`,
    version,
    sentences: [...sentence(true), ...sentence(false)],
    changed: change === null ? '' : changedText(t, change.by),
    href,
  };
}

const changedText = (t: ViewerContext['t'], by: string | null): string =>
  by === null ? t('requestPresence.changed') : t('requestPresence.changedBy', { name: by });
