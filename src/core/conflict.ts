import { z } from 'zod';
import type { ConflictView } from './views/conflict-view.js';
import type { ViewerContext } from './context.js';
import type { EditFormView } from './views/edit-form-view.js';
import { Conflict } from './errors.js';
import type { FieldSpec, FormValues } from './form.js';
import { formatDateTime } from './format.js';
import { page, type Reply } from './reply.js';
import { sql } from './sql.js';

/** Somebody else saved the record after the form was opened; nothing was changed. */
export class EditedMeanwhile extends Conflict {
  constructor() {
    super('errors.changedMeanwhile');
  }
}

export interface ConflictParts {
  readonly table: string;
  readonly recordId: string;
  readonly name: string;
  readonly recordHref: string;
  readonly specs: readonly FieldSpec[];
  readonly stored: FormValues;
  readonly typed: FormValues;
  /** What was typed, over the version that is saved now. */
  readonly editForm: EditFormView;
}

/** The 409 page: what is saved now beside what was typed, and the form to send again. */
export async function conflictPage(context: ViewerContext, parts: ConflictParts): Promise<Reply> {
  const saved = await lastChange(context, parts);
  const view: ConflictView = {
    title: context.t('conflict.title', { name: parts.name }),
    savedBy: saved?.actor_name ?? '',
    savedAt: saved ? formatDateTime(saved.at, context.locale) : '',
    fields: parts.specs.map((spec) => {
      const theirs = shown(spec, parts.stored[spec.name]);
      const yours = shown(spec, parts.typed[spec.name]);
      return { label: context.t(spec.label), theirs, yours, differs: theirs !== yours };
    }),
    editForm: parts.editForm,
    recordHref: parts.recordHref,
  };
  return page('errors/conflict', view, { status: 409 });
}

const LastChange = z.object({ actor_name: z.string(), at: z.date() });

async function lastChange(context: ViewerContext, { table, recordId }: ConflictParts) {
  const rows = await context.deps.database.rows(
    sql`SELECT actor_name, at FROM audit_log
        WHERE table_name = ${table} AND record_id = ${recordId} AND operation <> 'event' ORDER BY id DESC LIMIT 1`,
    LastChange,
  );
  return rows[0];
}

/** A value as its field shows it: the names of what was chosen, in the order of the choices. */
function shown(spec: FieldSpec, value: unknown): string {
  const texts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  if (!spec.options) return texts.join(', ');
  return spec.options
    .filter((option) => option.value !== '' && texts.includes(option.value))
    .map(({ label }) => label)
    .join(', ');
}
