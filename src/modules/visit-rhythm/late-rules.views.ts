import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import type { SavedLateRules } from './late-rules.queries.js';

export const lateRulesPath = '/admin/visit-rhythm';

const specs: readonly FieldSpec[] = [
  {
    name: 'toleranceDays',
    label: 'visitRhythm.toleranceDays',
    kind: 'number',
    required: true,
    help: 'visitRhythm.toleranceHelp',
  },
  {
    name: 'goneIntervals',
    label: 'visitRhythm.goneIntervals',
    kind: 'number',
    required: true,
    help: 'visitRhythm.goneHelp',
  },
  {
    name: 'restDays',
    label: 'visitRhythm.restDays',
    kind: 'number',
    required: true,
    help: 'visitRhythm.restHelp',
  },
  {
    name: 'maximumAttempts',
    label: 'visitRhythm.maximumAttempts',
    kind: 'number',
    required: true,
    help: 'visitRhythm.attemptsHelp',
  },
];

/** The page with the rules of late visits; with values and problems after a refusal. */
export function lateRulesView(
  { t }: ViewerContext,
  saved: SavedLateRules,
  values: FormValues = storedValues(saved),
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = t('visitRhythm.rules');
  const { version } = values;
  return {
    title,
    header: pageHeader(title, {
      trail: [{ label: t('navigation.lateVisits'), href: '/late-visits' }],
      subtitle: t('visitRhythm.rulesSubtitle'),
    }),
    editForm: {
      action: lateRulesPath,
      form: formView(t, specs, values, problems),
      hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(saved.version) }],
      submitLabel: t('form.save'),
      cancelHref: '/late-visits',
    },
  };
}

/** What is saved, by the names of the form's fields. */
const storedValues = ({ rules, version }: SavedLateRules): FormValues =>
  Object.fromEntries(Object.entries({ ...rules, version }).map(([name, value]) => [name, String(value)]));
