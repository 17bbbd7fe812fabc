import type { Context } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldOption, type FieldSpec, type FormValues } from '../../core/form.js';
import { formatDateTime } from '../../core/format.js';
import { typeName } from '../request-types/type-name.js';
import type { CustomerPage } from './customer-page.queries.js';
import { formSubject } from './form-subject.js';
import { newPageNonce } from './page-nonce.js';
import { customerLimits, type CustomerPageQuery } from './personal-links.schemas.js';
import { nextStepText, stageOf } from './request-progress.js';
import { stageColors, type PersonalFormView, type RequestPageView } from './request-page.views.js';

interface OwnRequestView {
  readonly number: string;
  readonly subject: string;
  readonly stage: string;
  readonly stageColor: RequestPageView['stageColor'];
  readonly nextStep: string;
  readonly received: string;
}

/** What a customer sees of themselves. */
export interface CustomerPageView {
  readonly title: string;
  readonly businessName: string;
  readonly news: string;
  readonly requests: readonly OwnRequestView[];
  readonly form: PersonalFormView;
}

interface Shown {
  readonly action: string;
  readonly businessName: string;
  readonly sent?: CustomerPageQuery['sent'];
  readonly values?: FormValues;
  readonly problems?: readonly Problem[];
}

export function customerPageView(
  context: Context,
  customer: CustomerPage,
  { action, businessName, sent, values = {}, problems = [] }: Shown,
): CustomerPageView {
  const { t, locale, deps } = context;
  return {
    title: t('personalLinks.customerTitle'),
    businessName,
    news: sent ? t(sent === 'request' ? 'personalLinks.news.request' : 'personalLinks.news.again') : '',
    requests: customer.requests.map((request) => {
      const stage = stageOf(request);
      return {
        number: request.number,
        subject: request.subject,
        stage: t(`personalLinks.stage.${stage}`),
        stageColor: stageColors[stage],
        nextStep: nextStepText(t, locale, stage, request.nextDueAt, deps.now()),
        received: t('personalLinks.received', { time: formatDateTime(request.receivedAt, locale) }),
      };
    }),
    form: {
      ...formView(t, newRequestSpecs(context, customer), values, problems),
      action,
      nonce: newPageNonce(deps.keys, formSubject(customer.link_id, 'request'), deps.now()),
      heading: t('personalLinks.form.request'),
      hint: '',
      submitLabel: t('personalLinks.submit.request'),
      takesFile: false,
    },
  };
}

/** A choice without anything to choose is left out. */
function newRequestSpecs({ t }: Context, { types, categories, things }: CustomerPage): FieldSpec[] {
  const options = (rows: readonly { readonly id: string; readonly name: string }[]): FieldOption[] =>
    rows.map(({ id, name }) => ({ value: id, label: name }));
  const choice = (name: string, label: FieldSpec['label'], choices: FieldOption[]): FieldSpec[] =>
    choices.length === 0 ? [] : [{ name, label, kind: 'select', options: choices }];
  return [
    {
      ...{ name: 'typeId', label: 'personalLinks.requestType', kind: 'select', required: true },
      options: types.map((type) => ({ value: type.id, label: typeName(t, type) })),
    },
    ...choice('categoryId', 'personalLinks.requestCategory', options(categories)),
    ...choice('servedThingId', 'personalLinks.requestThing', options(things)),
    {
      ...{ name: 'text', label: 'personalLinks.requestText', kind: 'textarea', required: true },
      maxLength: customerLimits.words,
    },
  ];
}
