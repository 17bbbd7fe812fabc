import { z } from 'zod';
import type { Transaction } from '../../../core/database.js';
import { translator, type Locale } from '../../../core/i18n.js';
import { sql } from '../../../core/sql.js';
import { addWorkingTime } from '../../../core/working-time/add-working-time.js';
import type { WorkingCalendar } from '../../../core/working-time/working-calendar.js';
import { newPersonalToken, personalTokenHash } from '../../personal-links/personal-token.js';
import { defaultEvaluationPolicy } from '../../surveys/evaluation-policy.js';
import { recoveryOrigin } from '../../surveys/recovery-origin.js';
import { dayMillis, expiryOf } from '../../surveys/survey-days.js';
import type { Company } from '../company/company.js';
import type { DemoRequest } from '../company/request.js';
import { createAnswer, type DemoAnswer } from '../company/survey-answer.js';
import { startOf } from '../days.js';
import { defaultCalendar } from '../default-calendar.js';
import type { DemoPart } from '../demo-part.js';
import { insertRequests } from '../insert-requests.js';
import { insertRows } from '../insert-rows.js';
import { createRandom, type Random } from '../random.js';

const { lowScore, quietDays } = defaultEvaluationPolicy;
const answeredShare = 0.45;

const ClosedRequest = z.object({
  id: z.string(),
  requestNo: z.string(),
  subject: z.string(),
  customerId: z.string(),
  staffId: z.string(),
  staffName: z.string(),
  closedAt: z.date(),
});
type ClosedRequest = z.infer<typeof ClosedRequest>;

interface DemoSurvey {
  readonly id: string;
  readonly request: ClosedRequest;
  readonly round: 1 | 2;
  readonly locale: Locale;
  readonly answer: (DemoAnswer & { readonly at: Date }) | undefined;
}

/** How customers rated what was closed, what was opened to make up for low scores, and whether that helped. */
export const surveysPart: DemoPart = {
  name: 'surveys',
  async fill(context, company) {
    const { tx } = context;
    const random = createRandom(company.seed, 'surveys');
    const asked = withQuietDays(await readClosed(tx));
    const surveys = asked.map((request) => createSurvey(random, startOf(company.today), request, 1));
    await insertRows(tx, 'surveys', surveys.map(surveyRow));
    const calendar = await defaultCalendar(context);
    const recoveries = surveys.flatMap((survey) => createRecovery(random, company, calendar, survey) ?? []);
    await insertRequests(
      context,
      random,
      recoveries.map(({ recovery }) => recovery),
    );
    await insertRows(
      tx,
      'request_relations',
      recoveries.map(({ recovery, survey }) => ({
        ...{ id: random.uuid(recovery.receivedAt), kind: 'recovers' },
        ...{ from_id: recovery.id, to_id: survey.request.id, created_at: recovery.receivedAt.toISOString() },
      })),
    );
    const again = recoveries.flatMap(({ recovery, survey }) => {
      const closedAt = recovery.states.find(({ state }) => state === 'closed')?.at;
      if (!closedAt) return [];
      return [createSurvey(random, startOf(company.today), { ...survey.request, closedAt }, 2)];
    });
    await insertRows(tx, 'surveys', again.map(surveyRow));
  },
};

const readClosed = async (tx: Transaction): Promise<ClosedRequest[]> =>
  ClosedRequest.array().parse(
    await tx.$queryRaw(sql`
      SELECT service_requests.id::text, request_no AS "requestNo", subject, customer_id::text AS "customerId",
             assignee_id::text AS "staffId", users.name AS "staffName", closed_at AS "closedAt"
      FROM service_requests JOIN users ON users.id = assignee_id
      JOIN request_states ON request_states.id = state_id AND request_states.shipped_key = 'closed'
      JOIN request_types ON request_types.id = type_id AND is_surveyed AND behaviour <> 'recovery'
      WHERE service_requests.deleted_at IS NULL AND customer_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM surveys WHERE surveys.request_id = service_requests.id)
      ORDER BY closed_at, service_requests.id`),
  );

/** Nobody is asked again before the quiet days are over. */
function withQuietDays(closed: readonly ClosedRequest[]): ClosedRequest[] {
  const askedAt = new Map<string, Date>();
  return closed.filter(({ customerId, closedAt }) => {
    const last = askedAt.get(customerId);
    if (last && closedAt.getTime() - last.getTime() < quietDays * dayMillis) return false;
    askedAt.set(customerId, closedAt);
    return true;
  });
}

/** A survey, answered before the end or not at all; the second round asks about the request that went wrong. */
function createSurvey(random: Random, end: Date, request: ClosedRequest, round: 1 | 2): DemoSurvey {
  const locale = /[a-z]/i.test(request.subject) ? 'en' : 'zh-CN';
  const at = new Date(request.closedAt.getTime() + random.integer(20, 3_000) * 60_000);
  const isAnswered = random.chance(answeredShare) && at < end;
  return {
    ...{ id: random.uuid(request.closedAt), request, round, locale },
    answer: isAnswered ? { ...createAnswer(random, locale), at } : undefined,
  };
}

const surveyRow = ({ id, request, round, locale, answer }: DemoSurvey) => ({
  ...{ id, request_id: request.id, customer_id: request.customerId, round, locale, version: 1 },
  ...{ staff_id: request.staffId, staff_name: request.staffName, sent_by: 'handedOver' },
  closed_at: request.closedAt.toISOString(),
  token_hash: personalTokenHash(newPersonalToken()),
  expires_at: expiryOf(request.closedAt, defaultEvaluationPolicy).toISOString(),
  answered_at: answer?.at.toISOString() ?? null,
  service_score: answer?.serviceScore ?? null,
  staff_score: answer?.staffScore ?? null,
  reasons: answer?.reasons ?? [],
  comment: answer?.comment ?? null,
  created_at: request.closedAt.toISOString(),
  updated_at: (answer?.at ?? request.closedAt).toISOString(),
});

/** Whoever served makes up for a low score; what was said lately is still being made up for. */
function createRecovery(
  random: Random,
  { today, customers, staff }: Company,
  calendar: WorkingCalendar,
  survey: DemoSurvey,
): { readonly recovery: DemoRequest; readonly survey: DemoSurvey } | undefined {
  const { id, request, answer } = survey;
  if (!answer || answer.serviceScore > lowScore) return undefined;
  const customer = customers.find((one) => one.id === request.customerId);
  const assignee = staff.find((one) => one.id === request.staffId);
  if (!customer || !assignee) return undefined;
  const receivedAt = answer.at;
  const after = (minutes: number) => addWorkingTime(calendar, receivedAt, minutes);
  const [called, closed] = [after(random.integer(10, 60)), after(random.integer(70, 700))];
  const states = [
    { state: 'new', at: receivedAt },
    { state: 'inProgress', at: called },
    { state: 'closed', at: closed },
  ] as const;
  const isClosed = closed < startOf(today);
  return {
    survey,
    recovery: {
      ...{ id: random.uuid(receivedAt), type: 'recovery', customer, assignee, receivedAt },
      ...{ origin: recoveryOrigin(id), priority: 4, channel: 'online' },
      subject: translator('zh-CN')('surveys.recoverySubject', { requestNo: request.requestNo }),
      description: answer.comment ?? '',
      states: states.filter(({ at }) => at < startOf(today)),
      words: called < startOf(today) ? [{ kind: 'reply', body: '已致电道歉，了解情况。', at: called }] : [],
      resolution: isClosed ? '已道歉并赠送一次护理，客人接受。' : undefined,
    },
  };
}
