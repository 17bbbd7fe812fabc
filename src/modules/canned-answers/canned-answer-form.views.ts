import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FieldSpec, FormValues } from '../../core/form.js';
import type { AdminConfirmView, AdminFormView } from '../admin/admin-pages.js';
import {
  changeSettingForm,
  changeSettingView,
  newSettingView,
  settingDeletionView,
} from '../service-settings/setting-forms.js';
import { cannedAnswerLimits, cannedAnswersPath } from './canned-answer.js';
import type { CannedAnswerRecord } from './canned-answers.queries.js';
import { placeNames } from './fill-places.js';

/** A form with the places that its words can hold beside it. */
export interface CannedAnswerFormView extends AdminFormView {
  readonly places: readonly { readonly place: string; readonly meaning: string }[];
}

export const cannedAnswerSpecs: readonly FieldSpec[] = [
  {
    name: 'name',
    label: 'serviceSettings.name',
    kind: 'text',
    required: true,
    maxLength: cannedAnswerLimits.name,
  },
  {
    name: 'shortcut',
    label: 'cannedAnswers.shortcut',
    kind: 'text',
    maxLength: cannedAnswerLimits.shortcut,
    help: 'cannedAnswers.shortcutHelp',
  },
  {
    name: 'body',
    label: 'cannedAnswers.body',
    kind: 'textarea',
    required: true,
    maxLength: cannedAnswerLimits.body,
    help: 'cannedAnswers.bodyHelp',
  },
];

const place = { path: cannedAnswersPath, listTitle: 'cannedAnswers.title' } as const;

/** The page for a new answer; with values and problems after a refusal. */
export const newCannedAnswerView = (
  context: ViewerContext,
  values: FormValues = {},
  problems?: readonly Problem[],
): CannedAnswerFormView => ({
  ...newSettingView(context, context.t('cannedAnswers.new'), {
    ...{ ...place, specs: cannedAnswerSpecs, values, problems },
  }),
  places: placeViews(context),
});

/** The page that changes an answer. */
export const changeCannedAnswerView = (
  context: ViewerContext,
  answer: CannedAnswerRecord,
  values: FormValues = storedCannedAnswer(answer),
  problems?: readonly Problem[],
): CannedAnswerFormView => ({
  ...changeSettingView(context, answer, answer.name, {
    ...{ ...place, specs: cannedAnswerSpecs, values, problems },
  }),
  places: placeViews(context),
});

/** Its form alone, as the conflict page shows it. */
export const cannedAnswerForm = (context: ViewerContext, answer: CannedAnswerRecord, values: FormValues) =>
  changeSettingForm(context, answer, { ...place, specs: cannedAnswerSpecs, values });

/** What is stored, by the names of the form's fields. */
export const storedCannedAnswer = ({ name, shortcut, body }: CannedAnswerRecord): FormValues => ({
  name,
  shortcut: shortcut ?? '',
  body,
});

/** The page before a deletion. What was written with an answer stays as it is. */
export const cannedAnswerDeletionView = (
  context: ViewerContext,
  answer: CannedAnswerRecord,
): AdminConfirmView => settingDeletionView(context, answer, answer.name, place, []);

const placeViews = ({ t }: ViewerContext): CannedAnswerFormView['places'] =>
  placeNames.map((name) => ({ place: `{{${name}}}`, meaning: t(`cannedAnswers.place.${name}`) }));
