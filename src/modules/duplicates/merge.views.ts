import type { ViewerContext } from '../../core/context.js';
import type { HiddenFieldView } from '../../core/views/edit-form-view.js';
import type { FormValues } from '../../core/form.js';
import { formatDateTime, formatNumber } from '../../core/format.js';
import { isMessageKey } from '../../core/i18n.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { CustomerRecord } from '../customers/customers.queries.js';
import type { PairRecord } from './duplicates.queries.js';
import { fieldLabels, isSame, proposedChoice, shownValue } from './field-values.js';
import { fitsTogether, mergeFields, type MergeField } from './merge-fields.js';
import type { Comparison, RelatedCount } from './merge.queries.js';
import { sides, type Side } from './merge.schemas.js';
import { reasonText } from './reason-text.js';
import { customerTrail } from '../customers/customer-trail.js';

export interface RecordView {
  readonly side: Side;
  readonly label: string;
  readonly href: string;
  readonly isChosen: boolean;
  /** What moves to it when it stays, in numbers. */
  readonly gains: string;
}

export interface ChoiceView {
  readonly value: Side | 'both';
  readonly text: string;
  /** Whose it is, for those who do not see the column. */
  readonly spoken: string;
  readonly isChosen: boolean;
}

export interface MergeFieldView {
  readonly name: string;
  readonly label: string;
  /** Both have something, and not the same. */
  readonly differs: boolean;
  /** The value that both have; '' when there is something to choose. */
  readonly common: string;
  /** One for each record, and perhaps both together; empty when there is nothing to choose. */
  readonly choices: readonly ChoiceView[];
}

/** A button that decides about the pair without merging. */
export interface DecisionView {
  readonly action: string;
  readonly label: string;
}

export interface MergeView {
  readonly title: string;
  readonly header: PageHeaderView;
  /** Why there is a choice to make again; '' at first. */
  readonly notice: string;
  readonly action: string;
  readonly hidden: readonly HiddenFieldView[];
  readonly records: readonly RecordView[];
  /** Those in which at least one of the two has something. */
  readonly fields: readonly MergeFieldView[];
  readonly cancelHref: string;
  readonly decision: DecisionView | undefined;
}

export interface MergeParts {
  readonly comparison: Comparison;
  readonly related: readonly RelatedCount[];
  /** The entry of the queue, when the two come from there. */
  readonly pair?: PairRecord;
  /** What was chosen before, when the form is shown again. */
  readonly typed?: FormValues;
  readonly notice?: string;
}

/** Two customers side by side, with a choice for each field in which they differ. */
export function mergeView(context: ViewerContext, parts: MergeParts): MergeView {
  const { t } = context;
  const { comparison, pair, typed, notice = '' } = parts;
  const { first, second } = comparison;
  const title = t('duplicates.compare', { first: recordLabel(first), second: recordLabel(second) });
  const origin = typed?.['origin'] ?? (pair ? 'queue' : 'record');
  const isFromQueue = origin === 'queue';
  return {
    title,
    header: {
      title,
      count: '',
      subtitle: pair ? whyText(context, pair) : '',
      trail: trail(context, first, isFromQueue),
      actions: [],
    },
    notice,
    action: `/customers/${first.id}/merge`,
    hidden: [
      { name: 'with', value: second.id },
      { name: 'origin', value: isFromQueue ? 'queue' : 'record' },
      { name: 'firstVersion', value: String(first.version) },
      { name: 'secondVersion', value: String(second.version) },
    ],
    records: sides.map((side) => recordView(context, parts, side)),
    fields: mergeFields.map((field) => fieldView(context, parts, field)).filter(hasAnything),
    cancelHref: isFromQueue ? '/duplicates' : `/customers/${first.id}`,
    decision: pair && decisionView(context, pair),
  };
}

export const recordLabel = ({ name, customer_no: customerNo }: CustomerRecord): string =>
  `${name} ${customerNo}`;

function trail(context: ViewerContext, first: CustomerRecord, isFromQueue: boolean): PageHeaderView['trail'] {
  return isFromQueue
    ? [{ label: context.t('navigation.duplicates'), href: '/duplicates' }]
    : customerTrail(context, { id: first.id, name: recordLabel(first) });
}

function whyText({ t, locale }: ViewerContext, pair: PairRecord): string {
  const reasons = reasonText(t, pair.reasons);
  return pair.state === 'dismissed'
    ? t('duplicates.dismissedBy', {
        name: pair.decided_by_name ?? '',
        time: formatDateTime(pair.updated_at, locale),
        reasons,
      })
    : t('duplicates.why', { reasons });
}

/** The older record is proposed to stay: its number is the one that people know. */
function recordView(
  context: ViewerContext,
  { comparison, related, typed }: MergeParts,
  side: Side,
): RecordView {
  const { first, second } = comparison;
  const older = first.created_at <= second.created_at ? 'first' : 'second';
  const customer = comparison[side];
  return {
    side,
    label: recordLabel(customer),
    href: `/customers/${customer.id}`,
    isChosen: (typed?.['survivor'] ?? older) === side,
    gains: gainsText(context, related, side),
  };
}

function gainsText({ t, locale }: ViewerContext, related: readonly RelatedCount[], side: Side): string {
  const otherSide = side === 'first' ? 'second' : 'first';
  const moving = related.filter((count) => count[otherSide] > 0);
  if (moving.length === 0) return t('duplicates.gainsNothing');
  const things = moving.map((related) => {
    const count = related[otherSide];
    const key = `duplicates.related.${related.table}`;
    return isMessageKey(key)
      ? t(key, { count })
      : t('duplicates.relatedOther', { count: formatNumber(count, locale), table: related.table });
  });
  return t('duplicates.gains', { things: things.join(t('common.listSeparator')) });
}

function fieldView(
  context: ViewerContext,
  { comparison, typed }: MergeParts,
  field: MergeField,
): MergeFieldView {
  const { t } = context;
  const label = t(fieldLabels[field]);
  const shown = (side: Side): string => shownValue(context, comparison[side], field);
  if (isSame(context, comparison, field)) {
    return { name: field, label, differs: false, common: shown('first'), choices: [] };
  }
  const chosen = typed?.[field] ?? proposedChoice(context, comparison, field);
  const choices: ChoiceView[] = sides.map((side) => ({
    value: side,
    text: shown(side),
    spoken: `${label}, ${comparison[side].customer_no}`,
    isChosen: chosen === side,
  }));
  if (field === 'remark' && canKeepBoth(comparison)) {
    const text = t('duplicates.keepBoth');
    choices.push({ value: 'both', text, spoken: label, isChosen: chosen === 'both' });
  }
  const differs = shown('first') !== '' && shown('second') !== '';
  return { name: field, label, differs, common: '', choices };
}

const hasAnything = ({ common, choices }: MergeFieldView): boolean => common !== '' || choices.length > 0;

const canKeepBoth = ({ first, second }: Comparison): boolean =>
  first.remark !== null && second.remark !== null && fitsTogether(first.remark, second.remark);

function decisionView({ t }: ViewerContext, pair: PairRecord): DecisionView {
  const path = `/duplicates/${pair.id}`;
  return pair.state === 'dismissed'
    ? { action: `${path}/reopening`, label: t('duplicates.reopen') }
    : { action: `${path}/dismissal`, label: t('duplicates.dismiss') };
}
