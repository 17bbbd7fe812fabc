import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues, type FormView } from '../../core/form.js';
import { formatNumber } from '../../core/format.js';
import type { EditFormView, HiddenFieldView } from '../../core/views/edit-form-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import type { RuleVocabulary } from './check-rules.js';
import type { CustomerCount } from './count-customers.queries.js';
import { draftFields } from './rule-drafts.js';
import { ruleFormView, type RuleGroupView } from './rule-form.views.js';
import { rulesInWords, type RuleWords } from './rule-text.js';
import { segmentLimits, type SegmentGroup } from './rules.js';
import type { SegmentRecord } from './segments.queries.js';
import { segmentsPath } from './segments-path.js';
import { segmentKinds } from './segments.schemas.js';

export interface SegmentFormView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly action: string;
  /** Takes the form while it is being filled in, and shows it again. */
  readonly draftAction: string;
  readonly hidden: readonly HiddenFieldView[];
  readonly form: FormView;
  /** Undefined for a static segment, whose rules have done their work. */
  readonly rules: RuleGroupView | undefined;
  readonly rulesHint: string;
  readonly words: RuleWords;
  readonly count: CountView;
  readonly submitLabel: string;
  readonly cancelHref: string;
}

/** How many fit; '' before anybody asked. */
export interface CountView {
  readonly text: string;
  readonly examples: string;
}

export const notCounted: CountView = { text: '', examples: '' };

/** A form as it is to be shown: of a new segment, or of one that is saved. */
export interface ShownForm {
  readonly segment: SegmentRecord | undefined;
  readonly values: FormValues;
  readonly draft: SegmentGroup;
  readonly problems?: readonly Problem[];
  readonly count?: CountView;
}

/** What a new segment begins with. */
export const firstDraft: SegmentGroup = { match: 'all', rules: [{ field: '', operator: '', values: [] }] };

export const segmentFieldSpecs = ({ t }: ViewerContext, isNew: boolean): readonly FieldSpec[] => [
  { name: 'name', label: 'segments.name', kind: 'text', required: true, maxLength: segmentLimits.name },
  {
    name: 'description',
    label: 'segments.description',
    kind: 'textarea',
    maxLength: segmentLimits.description,
  },
  ...(isNew
    ? [
        {
          name: 'kind',
          label: 'segments.kind',
          kind: 'select',
          required: true,
          help: 'segments.kindHelp',
          options: segmentKinds.map((value) => ({ value, label: t(`segments.kind.${value}`) })),
        } as const,
      ]
    : []),
];

export function segmentFormView(
  context: ViewerContext,
  vocabulary: RuleVocabulary,
  { segment, values, draft, problems = [], count = notCounted }: ShownForm,
): SegmentFormView {
  const { t, locale } = context;
  const title = segment ? t('segments.edit', { name: segment.name }) : t('segments.new');
  const own = segment ? `${segmentsPath}/${segment.id}` : segmentsPath;
  return {
    title,
    header: pageHeader(title, { trail: [{ label: t('navigation.segments'), href: segmentsPath }] }),
    action: own,
    draftAction: `${own}/draft`,
    hidden: hiddenFields(segment, values),
    form: formView(t, segmentFieldSpecs(context, segment === undefined), values, problems),
    rules: segment?.kind === 'static' ? undefined : ruleFormView(context, draft, vocabulary, problems),
    rulesHint: t('segments.rulesHint', {
      conditions: formatNumber(segmentLimits.conditions, locale),
      depth: formatNumber(segmentLimits.depth, locale),
    }),
    words: rulesInWords(context, draft, vocabulary.catalogue, vocabulary.choices),
    count,
    submitLabel: t(segment ? 'form.save' : 'segments.create'),
    cancelHref: own,
  };
}

/** The id that was made with the form, or the version that an edit was opened with. */
function hiddenFields(segment: SegmentRecord | undefined, { id, version }: FormValues): HiddenFieldView[] {
  if (!segment) return [{ name: 'id', value: typeof id === 'string' ? id : newId() }];
  return [{ name: 'version', value: typeof version === 'string' ? version : String(segment.version) }];
}

/** The stored values of a segment by the names of the form's fields. */
export const storedValues = ({ name, description }: SegmentRecord): FormValues => ({ name, description });

/** What was typed over a version that was saved meanwhile; the rules travel unseen. */
export const conflictForm = (
  context: ViewerContext,
  segment: SegmentRecord,
  typed: FormValues,
  draft: SegmentGroup,
): EditFormView => ({
  action: `${segmentsPath}/${segment.id}`,
  form: formView(context.t, segmentFieldSpecs(context, false), typed),
  hidden: [{ name: 'version', value: String(segment.version) }, ...draftFields(draft)],
  submitLabel: context.t('form.save'),
  cancelHref: `${segmentsPath}/${segment.id}`,
});

/** The answer to "how many?"; undefined when it took too long. */
export function countView({ t, locale }: ViewerContext, counted: CustomerCount | undefined): CountView {
  if (!counted) return { text: t('segments.count.tooLong'), examples: '' };
  const { matching, total, precision, examples } = counted;
  const names = examples.join(t('common.listSeparator'));
  return {
    text: t(`segments.count.${precision}`, {
      count: total,
      matching: formatNumber(matching, locale),
      total: formatNumber(total, locale),
    }),
    examples: names === '' ? '' : t('segments.count.examples', { names }),
  };
}
