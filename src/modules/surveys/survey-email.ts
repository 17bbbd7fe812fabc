import type { Dependencies } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { translator, type Locale } from '../../core/i18n.js';
import { addEmail } from '../../core/outbox.js';
import type { EvaluationPolicy } from './evaluation-policy.js';

interface SurveyEmail {
  readonly to: string;
  readonly locale: Locale;
  readonly policy: EvaluationPolicy;
  readonly token: string;
}

/** The address behind a survey's token. */
export const surveyAddress = ({ config }: Pick<Dependencies, 'config'>, token: string): string =>
  `${config.baseUrl}/p/survey/${token}`;

/** Writes the e-mail with the link, in the customer's language. It names nothing of what was served. */
export async function emailSurvey(tx: Transaction, deps: Dependencies, email: SurveyEmail): Promise<void> {
  const { to, locale, policy, token } = email;
  const t = translator(locale);
  const business = policy.businessName === '' ? t('frame.productName') : policy.businessName;
  const params = { business, address: surveyAddress(deps, token), count: policy.expiryDays };
  await addEmail(tx, deps, {
    to,
    subject: t('surveys.emailSubject', { business }),
    text: t('surveys.emailText', params),
  });
}
