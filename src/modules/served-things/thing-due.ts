import type { ViewerContext } from '../../core/context.js';
import { dayOf } from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import { dueCell } from '../follow-ups/due-text.js';

/** When a thing is due, as seen from today, late ones in words; the exact day on hover. */
export function thingDueCell(context: ViewerContext, nextDueOn: string | null): CellView {
  if (nextDueOn === null) return { text: '' };
  const cell = dueCell(context, { due_on: nextDueOn, due_minute: null });
  if (nextDueOn >= dayOf(context.deps.now())) return cell;
  return { ...cell, text: context.t('servedThings.late', { when: cell.text }) };
}
