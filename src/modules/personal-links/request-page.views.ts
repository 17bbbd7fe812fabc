import type { Context } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues, type FormView } from '../../core/form.js';
import { formatBytes, formatDateTime } from '../../core/format.js';
import { mayReopen } from './customer-verbs.js';
import { mostPictures } from './customer-picture.js';
import { formSubject, type PersonalForm } from './form-subject.js';
import { newPageNonce } from './page-nonce.js';
import { customerLimits, type RequestPageNews } from './personal-links.schemas.js';
import type { RequestPage } from './request-page.queries.js';
import { nextStepText, stageOf, type Stage } from './request-progress.js';

/** A form behind a personal link. */
export interface PersonalFormView extends FormView {
  readonly action: string;
  readonly nonce: string;
  readonly heading: string;
  readonly hint: string;
  readonly submitLabel: string;
  readonly takesFile: boolean;
}

interface SaidView {
  readonly who: string;
  readonly isOwn: boolean;
  readonly when: string;
  readonly body: string;
}

/** What a customer sees of a request. */
export interface RequestPageView {
  readonly title: string;
  readonly businessName: string;
  readonly news: string;
  readonly subject: string;
  readonly stage: string;
  readonly stageColor: 'green' | 'yellow' | 'blue' | 'secondary';
  readonly nextStep: string;
  readonly received: string;
  /** What was done, in words for the customer; '' while there are none. */
  readonly resolution: string;
  readonly said: readonly SaidView[];
  readonly forms: readonly PersonalFormView[];
}

export const stageColors: Readonly<Record<Stage, RequestPageView['stageColor']>> = {
  received: 'blue',
  working: 'blue',
  waiting: 'yellow',
  done: 'green',
  cancelled: 'secondary',
};

/** A form that was refused, with what was typed. */
export interface RefusedPersonalForm {
  readonly form: PersonalForm;
  readonly values: FormValues;
  readonly problems: readonly Problem[];
}

interface Shown {
  /** Of the page, without query. */
  readonly path: string;
  /** Keeps the chosen language. */
  readonly query: string;
  readonly businessName: string;
  readonly sent?: RequestPageNews | undefined;
  readonly refused?: RefusedPersonalForm | undefined;
}

export function requestPageView(context: Context, request: RequestPage, shown: Shown): RequestPageView {
  const { t, locale, deps } = context;
  const { state_category: category, is_initial: isInitial, is_cancelled: isCancelled } = request;
  const stage = stageOf({ category, isInitial, isCancelled });
  return {
    title: t('personalLinks.requestTitle', { requestNo: request.request_no }),
    businessName: shown.businessName,
    news: shown.sent ? t(`personalLinks.news.${shown.sent}`) : '',
    subject: request.subject,
    stage: t(`personalLinks.stage.${stage}`),
    stageColor: stageColors[stage],
    nextStep: nextStepText(t, locale, stage, request.next_due_at, deps.now()),
    received: t('personalLinks.received', { time: formatDateTime(request.received_at, locale) }),
    resolution: stage === 'done' ? (request.resolution ?? '') : '',
    said: request.entries.map(({ kind, body, at }) => ({
      who: t(kind === 'reply' ? 'personalLinks.fromUs' : 'personalLinks.fromYou'),
      isOwn: kind === 'customerWord',
      when: formatDateTime(at, locale),
      body,
    })),
    forms: openForms(request, deps.now()).map((form) => personalForm(context, request.link_id, form, shown)),
  };
}

/** Word and picture while it goes on; opening it again for a while after it was closed. */
function openForms(request: RequestPage, now: Date): PersonalForm[] {
  if (request.state_category === 'done') return mayReopen(request.closed_at, now) ? ['reopening'] : [];
  return request.picture_count < mostPictures ? ['word', 'picture'] : ['word'];
}

const specs: Readonly<Record<'word' | 'picture' | 'reopening', FieldSpec>> = {
  word: {
    ...{ name: 'body', label: 'personalLinks.word', kind: 'textarea', required: true },
    maxLength: customerLimits.words,
  },
  picture: { name: 'file', label: 'personalLinks.picture', kind: 'file', required: true, accept: 'image/*' },
  reopening: {
    ...{ name: 'reason', label: 'personalLinks.reopeningReason', kind: 'textarea', required: true },
    maxLength: customerLimits.words,
  },
};

const addresses = { word: 'words', picture: 'pictures', reopening: 'reopening' } as const;

function personalForm(
  { t, locale, deps }: Context,
  linkId: string,
  form: PersonalForm,
  { path, query, refused }: Shown,
): PersonalFormView {
  if (form === 'request') throw new Error('requests are filed on another page');
  const isRefused = refused?.form === form;
  const size = formatBytes(customerLimits.pictureBytes, locale);
  return {
    ...formView(t, [specs[form]], isRefused ? refused.values : {}, isRefused ? refused.problems : []),
    action: `${path}/${addresses[form]}${query}`,
    nonce: newPageNonce(deps.keys, formSubject(linkId, form), deps.now()),
    heading: t(`personalLinks.form.${form}`),
    hint: form === 'picture' ? t('personalLinks.pictureHint', { size, count: mostPictures }) : '',
    submitLabel: t(`personalLinks.submit.${form}`),
    takesFile: form === 'picture',
  };
}
