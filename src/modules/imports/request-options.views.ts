import type { ViewerContext } from '../../core/context.js';
import { can } from '../../core/viewer.js';
import { typeName } from '../request-types/type-name.js';
import type { ImportedType } from './targets/imported-types.js';

/** What is chosen for a file of service requests, apart from the order of dates. */
export function requestOptionFields({ t, viewer }: ViewerContext, types: readonly ImportedType[]) {
  const policies = can(viewer, 'service-requests:close')
    ? (['skip', 'update'] as const)
    : (['skip'] as const);
  return [
    {
      name: 'policy',
      label: 'imports.requestPolicy',
      kind: 'select',
      required: true,
      options: policies.map((policy) => ({ value: policy, label: t(`imports.requestPolicy.${policy}`) })),
    },
    {
      name: 'requestTypeId',
      label: 'imports.requestType',
      kind: 'select',
      required: true,
      help: 'imports.requestTypeHelp',
      options: types.map((type) => ({ value: type.id, label: typeName(t, type) })),
    },
  ] as const;
}
