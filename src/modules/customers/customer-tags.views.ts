import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldView, type ProblemView } from '../../core/form.js';
import { can } from '../../core/viewer.js';
import { tagLimits, type TagColor } from '../tags/tag.js';
import type { CustomerRecord } from './customers.queries.js';
import type { RefusedForm } from './refused-form.js';

export interface TagChipView {
  readonly name: string;
  readonly color: TagColor;
  /** The customers with the same tag. */
  readonly href: string;
  /** Address that takes it off by POST; '' for those who may not. */
  readonly removeAction: string;
  readonly removeLabel: string;
}

/** The tags of a customer, and the form that adds one. */
export interface CustomerTagsView {
  readonly chips: readonly TagChipView[];
  /** '' for those who may not. */
  readonly addAction: string;
  readonly field: FieldView | undefined;
  readonly problems: readonly ProblemView[];
}

export function customerTagsView(
  { t, viewer }: ViewerContext,
  customer: CustomerRecord,
  tagNames: readonly string[],
  refused: RefusedForm | undefined,
): CustomerTagsView {
  const path = `/customers/${customer.id}/tags`;
  const isManager = can(viewer, 'tags:manage');
  const isOffered = customer.can_edit && (isManager || tagNames.length > 0);
  const spec = {
    name: 'tag',
    label: 'tags.add',
    kind: 'text',
    maxLength: tagLimits.name,
    help: isManager ? 'tags.addOrCreateHelp' : 'tags.addHelp',
    suggestions: tagNames.filter((name) => !customer.tags.some((tag) => tag.name === name)),
  } as const;
  const form = formView(t, [spec], refused?.values ?? {}, refused?.problems);
  return {
    chips: customer.tags.map(({ id, name, color }) => ({
      name,
      color,
      href: `/customers?tag=${id}`,
      removeAction: customer.can_edit ? `${path}/${id}/removal` : '',
      removeLabel: t('tags.remove', { name }),
    })),
    addAction: isOffered ? path : '',
    field: isOffered ? form.fields[0] : undefined,
    problems: form.problems,
  };
}
