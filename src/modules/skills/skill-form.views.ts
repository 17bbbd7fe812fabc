import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import { skillLimits, skillsPath } from './skill.js';
import type { SkillRecord } from './skills.queries.js';
import { skillsTrail } from './skills.views.js';

export const skillSpecs: readonly FieldSpec[] = [
  {
    name: 'name',
    label: 'skills.name',
    kind: 'text',
    required: true,
    maxLength: skillLimits.name,
    help: 'skills.nameHelp',
  },
];

/** The page for a new skill; with values and problems after a refusal. */
export function newSkillView(
  context: ViewerContext,
  values: FormValues = { id: newId() },
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('skills.new');
  const { id } = values;
  return {
    title,
    header: pageHeader(title, { trail: skillsTrail(context) }),
    editForm: {
      action: skillsPath,
      form: formView(t, skillSpecs, values, problems),
      hidden: [{ name: 'id', value: typeof id === 'string' ? id : newId() }],
      submitLabel: t('skills.create'),
      cancelHref: skillsPath,
    },
  };
}

/** The page that renames a skill. */
export function editSkillView(
  context: ViewerContext,
  skill: SkillRecord,
  values: FormValues = { name: skill.name },
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('skills.edit', { name: skill.name });
  const own = { label: skill.name, href: `${skillsPath}/${skill.id}` };
  return {
    title,
    header: pageHeader(title, { trail: [...skillsTrail(context), own] }),
    editForm: skillForm(context, skill, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function skillForm(
  { t }: ViewerContext,
  skill: SkillRecord,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { version } = values;
  const own = `${skillsPath}/${skill.id}`;
  return {
    action: own,
    form: formView(t, skillSpecs, values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(skill.version) }],
    submitLabel: t('form.save'),
    cancelHref: own,
  };
}

/** The page before a skill is deleted. */
export function skillDeletionView(context: ViewerContext, skill: SkillRecord): AdminConfirmView {
  const { t } = context;
  const own = `${skillsPath}/${skill.id}`;
  const title = t('skills.delete', { name: skill.name });
  return {
    title,
    header: pageHeader(title, { trail: [...skillsTrail(context), { label: skill.name, href: own }] }),
    confirm: {
      action: `${own}/deletion`,
      question: t('skills.deleteQuestion', { name: skill.name }),
      consequences: [t('skills.deleteUnused')],
      hidden: [{ name: 'version', value: String(skill.version) }],
      confirmLabel: t('skills.deleteConfirm'),
      cancelHref: own,
      isDestructive: true,
    },
  };
}
