import type { ViewerContext } from '../../core/context.js';
import { formatDateTime } from '../../core/format.js';
import { reasonText } from '../surveys/survey-reasons.js';
import type { CardSurvey } from './evaluation-card.queries.js';
import { scoreText, surveyState, surveyStateColors } from './evaluation-text.js';

interface AnswerView {
  /** Says that it came after the first one; '' for the first. */
  readonly correction: string;
  readonly scores: string;
  readonly reasons: string;
  readonly comment: string;
}

interface SurveyCardView {
  readonly about: string;
  readonly state: string;
  readonly stateColor: 'green' | 'blue' | 'yellow' | 'secondary';
  readonly answers: readonly AnswerView[];
}

/** What the customer said of a request. Addresses are '' where there is nothing to do, or the viewer may not. */
export interface EvaluationCardView {
  readonly surveys: readonly SurveyCardView[];
  readonly linkAction: string;
  readonly emailAction: string;
}

/**
 * The card of evaluations on a request's record; `canWork`: whether the viewer may work the request. Staff hand the link
 * over or send it again while an answer is awaited.
 */
export function evaluationCardView(
  context: ViewerContext,
  request: { readonly id: string; readonly canWork: boolean },
  surveys: readonly CardSurvey[],
): EvaluationCardView {
  const { t, locale, deps } = context;
  const [latest] = surveys;
  const isAwaited =
    request.canWork && latest !== undefined && latest.answered_at === null && latest.revoked_at === null;
  const path = `/service-requests/${request.id}`;
  return {
    surveys: surveys.map((survey) => ({
      about: t(survey.round === 2 ? 'evaluations.askedAgain' : 'evaluations.asked', {
        time: formatDateTime(survey.created_at, locale),
        name: survey.staff_name ?? '–',
      }),
      state: t(`evaluations.state.${surveyState(survey, deps.now())}`),
      stateColor: surveyStateColors[surveyState(survey, deps.now())],
      answers: survey.answers.map((answer, index) => ({
        correction:
          index === 0 ? '' : t('evaluations.correctedAt', { time: formatDateTime(answer.at, locale) }),
        scores: t('evaluations.bothScores', {
          service: scoreText(t, answer.serviceScore),
          staff: scoreText(t, answer.staffScore),
        }),
        reasons: answer.reasons.map((reason) => reasonText(t, reason)).join(t('auditLog.columnSeparator')),
        comment: answer.comment ?? '',
      })),
    })),
    linkAction: isAwaited ? `${path}/survey-link` : '',
    emailAction: isAwaited && latest.has_email ? `${path}/survey-email` : '',
  };
}
