import type { Context } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldView, type FormValues, type ProblemView } from '../../core/form.js';
import { dayOf, formatDay } from '../../core/format.js';
import type { MessageKey, Translate } from '../../core/i18n.js';
import { newPageNonce } from '../personal-links/page-nonce.js';
import { typeName } from '../request-types/type-name.js';
import type { EvaluationPolicy } from './evaluation-policy.js';
import { reasonLevels, reasonText, type ReasonLevel } from './survey-reasons.js';
import type { OpenSurvey } from './surveys.queries.js';
import { commentLimit, scores } from './surveys.schemas.js';
import { surveySubject, type AnswerResult } from './survey-subject.js';

/** One question with five answers, the best first to the eye, none of them chosen beforehand. */
export interface ScoreView {
  readonly name: string;
  readonly id: string;
  readonly legend: string;
  readonly isRequired: boolean;
  readonly error: string;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly isChosen: boolean }[];
}

export interface ReasonGroupView {
  readonly level: ReasonLevel;
  readonly legend: string;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly isChosen: boolean }[];
}

/** The page on which a customer rates. */
export interface SurveyView {
  readonly title: string;
  readonly businessName: string;
  /** What it is about. */
  readonly about: string;
  /** Said after sending; '' before. */
  readonly thanks: string;
  /** What an answer means that comes after the first; '' while there is none. */
  readonly correctionHint: string;
  readonly isFormOpen: boolean;
  readonly action: string;
  readonly nonce: string;
  readonly problems: readonly ProblemView[];
  readonly scores: readonly ScoreView[];
  readonly reasons: readonly ReasonGroupView[];
  readonly comment: FieldView;
  readonly privacy: string;
}

interface Shown {
  readonly action: string;
  readonly sent?: AnswerResult | undefined;
  readonly values?: FormValues;
  readonly problems?: readonly Problem[];
}

export function surveyView(
  { t, locale, deps }: Context,
  survey: OpenSurvey,
  policy: EvaluationPolicy,
  { action, sent, values = {}, problems = [] }: Shown,
): SurveyView {
  const params = {
    requestNo: survey.request_no,
    type: typeName(t, { name: survey.type_name, shippedKey: survey.type_key }),
    day: formatDay(dayOf(survey.closed_at), locale),
  };
  const form = formView(
    t,
    [{ name: 'comment', label: 'surveys.comment', kind: 'textarea', maxLength: commentLimit }],
    values,
    problems,
  );
  const [comment] = form.fields;
  if (!comment) throw new Error('the form of a survey has a field');
  return {
    title: t(survey.round === 2 ? 'surveys.titleAgain' : 'surveys.title'),
    businessName: policy.businessName,
    about: t(survey.round === 2 ? 'surveys.aboutAgain' : 'surveys.about', params),
    thanks: sent ? t(`surveys.thanks.${sent}`) : '',
    correctionHint: survey.answered_at === null ? '' : t('surveys.correctionHint'),
    isFormOpen: survey.answered_at === null || problems.length > 0,
    action,
    nonce: newPageNonce(deps.keys, surveySubject(survey.id), deps.now()),
    problems: problems.map((problem) => problemView(t, problem)),
    scores: [
      scoreView(t, 'serviceScore', t('surveys.serviceScore'), true, values, problems),
      ...(survey.staff_name === null
        ? []
        : [
            scoreView(
              t,
              'staffScore',
              t('surveys.staffScore', { name: survey.staff_name }),
              false,
              values,
              problems,
            ),
          ]),
    ],
    reasons: reasonGroups(t, policy, values),
    comment,
    privacy: t('surveys.privacy'),
  };
}

function scoreView(
  t: Translate,
  name: 'serviceScore' | 'staffScore',
  legend: string,
  isRequired: boolean,
  values: FormValues,
  problems: readonly Problem[],
): ScoreView {
  const problem = problems.find(({ path }) => path === name);
  return {
    name,
    id: `field-${name}`,
    legend,
    isRequired,
    error: problem ? t(problem.key, problem.params) : '',
    choices: [...scores]
      .reverse()
      .map((value) => ({ value, label: t(`surveys.score.${value}`), isChosen: values[name] === value })),
  };
}

function reasonGroups(t: Translate, policy: EvaluationPolicy, values: FormValues): ReasonGroupView[] {
  const lists = { low: policy.reasonsLow, middle: policy.reasonsMiddle, high: policy.reasonsHigh };
  const chosen = [values['reasons']].flat();
  return reasonLevels
    .filter((level) => lists[level].length > 0)
    .map((level) => ({
      level,
      legend: t(`surveys.reasonsAsked.${level}`),
      choices: lists[level].map((value) => ({
        value,
        label: reasonText(t, value),
        isChosen: chosen.includes(value),
      })),
    }));
}

const fieldLabels: Readonly<Record<string, MessageKey>> = {
  serviceScore: 'surveys.serviceScore',
  comment: 'surveys.comment',
};

function problemView(t: Translate, { path, key, params }: Problem): ProblemView {
  const label = fieldLabels[path];
  const sentence = t(key, params);
  return label === undefined
    ? { message: sentence, fieldId: '' }
    : { message: `${t(label)}: ${sentence}`, fieldId: `field-${path}` };
}
