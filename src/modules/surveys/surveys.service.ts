import { v7 as newId } from 'uuid';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, InvalidInput } from '../../core/errors.js';
import { onceForForm } from '../personal-links/sent-form.service.js';
import { policyWithin } from './evaluation-policy.queries.js';
import type { EvaluationPolicy } from './evaluation-policy.js';
import { followLowScore } from './follow-low-score.js';
import { surveySubject, type AnswerResult } from './survey-subject.js';
import type { OpenSurvey } from './surveys.queries.js';
import type { SurveyAnswer } from './surveys.schemas.js';
import { levelOf } from './survey-reasons.js';

/** Corrections that one survey takes; nobody changes their mind more often. */
const mostCorrections = 20;

/**
 * Takes an answer. The first one counts; later ones stand beside it as corrections and never overwrite it. The same form
 * sent again changes nothing (`again`). A low score has somebody make up for it.
 * @throws InvalidInput when the nonce does not let it through or a reason is not offered, Conflict after many corrections.
 */
export async function answerSurvey(
  context: Context,
  survey: OpenSurvey,
  nonce: string,
  answer: SurveyAnswer,
): Promise<AnswerResult> {
  const form = { action: 'surveys.answered', subject: surveySubject(survey.id), nonce } as const;
  const result = await onceForForm(context, form, async (tx): Promise<AnswerResult> => {
    const policy = await policyWithin(tx);
    const reasons = offeredReasons(policy, answer);
    const given = { ...answer, staffScore: survey.staff_name === null ? null : answer.staffScore, reasons };
    const { count } = await tx.survey.updateMany({
      where: { id: survey.id, answeredAt: null },
      data: { ...given, answeredAt: context.deps.now() },
    });
    if (count === 0) {
      await addCorrection(tx, survey.id, given, context.deps.now());
      return 'correction';
    }
    const lowest = Math.min(given.serviceScore, given.staffScore ?? given.serviceScore);
    if (lowest <= policy.lowScore) await followLowScore(tx, context, survey, lowest);
    return 'answer';
  });
  return result ?? 'again';
}

async function addCorrection(
  tx: Transaction,
  surveyId: string,
  { serviceScore, staffScore, reasons, comment }: SurveyAnswer,
  createdAt: Date,
): Promise<void> {
  if ((await tx.surveyCorrection.count({ where: { surveyId } })) >= mostCorrections)
    throw new Conflict('surveys.tooManyCorrections');
  const data = { id: newId(), surveyId, serviceScore, staffScore, reasons, comment, createdAt };
  await tx.surveyCorrection.create({ data });
}

/** Reasons of the scores that were given. Without script all are shown, and those of other scores are left out here. */
function offeredReasons(
  policy: EvaluationPolicy,
  { serviceScore, staffScore, reasons }: SurveyAnswer,
): string[] {
  const lists = { low: policy.reasonsLow, middle: policy.reasonsMiddle, high: policy.reasonsHigh };
  if (!reasons.every((reason) => Object.values(lists).some((list) => list.includes(reason))))
    throw InvalidInput.field('reasons', 'errors.notAChoice');
  const levels = new Set([levelOf(serviceScore), levelOf(staffScore ?? serviceScore)]);
  return reasons.filter((reason) => [...levels].some((level) => lists[level].includes(reason)));
}
