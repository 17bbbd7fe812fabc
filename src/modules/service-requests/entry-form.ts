import type { FieldSpec } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import { channelOptions } from './request-labels.js';
import { entryKinds, requestLimits } from './request.js';
import { mayTake, type RequestRecord } from './service-requests.queries.js';

/** The answer box: to whom the words go, the words, and whether the customer is to answer next. */
export function entrySpecs(t: Translate, request: RequestRecord): readonly FieldSpec[] {
  const canWait = request.steps.some((step) => step.category === 'waiting' && mayTake(request, step));
  return [
    {
      name: 'kind',
      label: 'serviceRequests.entryKind',
      kind: 'select',
      required: true,
      options: entryKinds.map((kind) => ({ value: kind, label: t(`serviceRequests.entryKind.${kind}`) })),
    },
    { name: 'channel', label: 'serviceRequests.entryChannel', kind: 'select', options: channelOptions(t) },
    {
      name: 'body',
      label: 'serviceRequests.words',
      kind: 'textarea',
      required: true,
      maxLength: requestLimits.entry,
    },
    ...(canWait ? [{ name: 'waits', label: 'serviceRequests.thenWait', kind: 'checkbox' } as const] : []),
  ];
}
