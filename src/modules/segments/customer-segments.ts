import { z } from 'zod';
import { formView, type FieldView } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import type { ActiveFilter } from '../../core/lists/list-builder.js';
import { sql, type Sql } from '../../core/sql.js';

export const NamedSegment = z.object({ id: z.string(), name: z.string() });
export type NamedSegment = z.infer<typeof NamedSegment>;

const asJson = sql`coalesce(jsonb_agg(jsonb_build_object('id', segments.id, 'name', segments.name) ORDER BY segments.name), '[]')`;

/** A column of a SELECT from `customers`: the segments that the customer is in, by name, as JSON. */
export const customerSegmentsColumn = sql`(
  SELECT ${asJson} FROM segment_members JOIN segments ON segments.id = segment_members.segment_id
  WHERE segment_members.customer_id = customers.id AND segments.deleted_at IS NULL)`;

/** A column of a SELECT: every segment by name, as JSON; they are few. */
export const allSegmentsColumn = sql`(SELECT ${asJson} FROM segments WHERE deleted_at IS NULL)`;

/** Customers in a segment; nobody in a deleted one. */
export const isInSegment = (segmentId: string): Sql =>
  sql`EXISTS (SELECT FROM segment_members
              WHERE segment_members.segment_id = ${segmentId}::uuid AND segment_members.customer_id = customers.id)
    AND EXISTS (SELECT FROM segments WHERE segments.id = ${segmentId}::uuid AND segments.deleted_at IS NULL)`;

/** The filter of customers by segment; none where there are no segments. */
export function segmentFilter(
  t: Translate,
  segments: readonly NamedSegment[],
  chosen: string | undefined,
): readonly FieldView[] {
  if (segments.length === 0) return [];
  const options = segments.map(({ id, name }) => ({ value: id, label: name }));
  return formView(t, [{ name: 'segment', label: 'segments.segment', kind: 'select', options }], {
    segment: chosen,
  }).fields;
}

/** The same filter, where it is set, in words. */
export function describeSegmentFilter(
  t: Translate,
  segments: readonly NamedSegment[],
  chosen: string | undefined,
): ActiveFilter[] {
  if (!chosen) return [];
  const name = segments.find(({ id }) => id === chosen)?.name ?? t('segments.unknown');
  return [{ parameter: 'segment', value: chosen, label: `${t('segments.segment')}: ${name}` }];
}
