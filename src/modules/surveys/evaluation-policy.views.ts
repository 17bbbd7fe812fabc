import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { locales, translator } from '../../core/i18n.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import type { SavedEvaluationPolicy } from './evaluation-policy.queries.js';
import { policyLimits } from './evaluation-policy.js';
import { reasonText } from './survey-reasons.js';

export const evaluationRulesPath = '/admin/evaluation-rules';

const specs: readonly FieldSpec[] = [
  {
    ...{
      name: 'businessName',
      label: 'surveys.businessName',
      kind: 'text',
      help: 'surveys.businessNameHelp',
    },
    maxLength: policyLimits.businessName,
  },
  {
    ...{
      name: 'locale',
      label: 'surveys.locale',
      kind: 'select',
      required: true,
      help: 'surveys.localeHelp',
    },
    options: locales.map((locale) => ({ value: locale, label: translator(locale)('surveys.languageName') })),
  },
  { name: 'expiryDays', label: 'surveys.expiryDays', kind: 'number', required: true },
  {
    ...{ name: 'quietDays', label: 'surveys.quietDays', kind: 'number', required: true },
    help: 'surveys.quietDaysHelp',
  },
  { name: 'yearlyMost', label: 'surveys.yearlyMost', kind: 'number', required: true },
  {
    ...{ name: 'lowScore', label: 'surveys.lowScore', kind: 'number', required: true },
    help: 'surveys.lowScoreHelp',
  },
  { name: 'reasonsLow', label: 'surveys.reasonsLow', kind: 'textarea', help: 'surveys.reasonsHelp' },
  { name: 'reasonsMiddle', label: 'surveys.reasonsMiddle', kind: 'textarea', help: 'surveys.reasonsHelp' },
  { name: 'reasonsHigh', label: 'surveys.reasonsHigh', kind: 'textarea', help: 'surveys.reasonsHelp' },
];

/** The page with the rules of evaluation; with values and problems after a refusal. */
export function evaluationRulesView(
  context: ViewerContext,
  saved: SavedEvaluationPolicy,
  values: FormValues = storedValues(context, saved),
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('surveys.rules');
  const { version } = values;
  return {
    title,
    header: pageHeader(title, {
      trail: [{ label: t('evaluations.title'), href: '/evaluations' }],
      subtitle: t('surveys.rulesSubtitle'),
    }),
    editForm: {
      action: evaluationRulesPath,
      form: formView(t, specs, values, problems),
      hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(saved.version) }],
      submitLabel: t('form.save'),
      cancelHref: '/evaluations',
    },
  };
}

function storedValues({ t }: ViewerContext, { policy, version }: SavedEvaluationPolicy): FormValues {
  const lines = (reasons: readonly string[]) => reasons.map((reason) => reasonText(t, reason)).join('\n');
  return {
    ...policy,
    reasonsLow: lines(policy.reasonsLow),
    reasonsMiddle: lines(policy.reasonsMiddle),
    reasonsHigh: lines(policy.reasonsHigh),
    version: String(version),
  };
}
