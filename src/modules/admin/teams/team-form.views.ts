import type { ViewerContext } from '../../../core/context.js';
import type { EditFormView } from '../../../core/views/edit-form-view.js';
import type { Problem } from '../../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../../core/form.js';
import { pageHeader, type AdminFormView } from '../admin-pages.js';
import { personOptions, type Person } from '../people.queries.js';
import type { BranchChoice } from './branches.queries.js';
import type { TeamRecord } from './teams.queries.js';
import { longestTeamName } from './teams.schemas.js';

export interface TeamChoices {
  readonly branches: readonly BranchChoice[];
  readonly people: readonly Person[];
}

export const teamFieldSpecs = ({ branches, people }: TeamChoices): readonly FieldSpec[] => [
  { name: 'name', label: 'teams.name', kind: 'text', required: true, maxLength: longestTeamName },
  {
    name: 'branchId',
    label: 'teams.branch',
    kind: 'select',
    options: branches.map(({ id, name }) => ({ value: id, label: name })),
  },
  {
    name: 'memberIds',
    label: 'teams.members',
    kind: 'checkboxes',
    options: personOptions(people),
    help: 'teams.membersHelp',
  },
];

/** The page for a new team, or for one that exists; with values and problems after a refusal. */
export function teamFormView(
  context: ViewerContext,
  team: TeamRecord | undefined,
  choices: TeamChoices,
  values: FormValues = team ? storedTeam(team) : {},
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = team ? t('teams.edit', { name: team.name }) : t('teams.new');
  const trail = [
    { label: t('navigation.teams'), href: '/admin/teams' },
    ...(team ? [{ label: team.name, href: `/admin/teams/${team.id}` }] : []),
  ];
  return {
    title,
    header: pageHeader(title, { trail }),
    editForm: teamForm(context, team, choices, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function teamForm(
  { t }: ViewerContext,
  team: TeamRecord | undefined,
  choices: TeamChoices,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const path = team ? `/admin/teams/${team.id}` : '/admin/teams';
  const { version } = values;
  return {
    action: path,
    form: formView(t, teamFieldSpecs(choices), values, problems),
    hidden: team
      ? [{ name: 'version', value: typeof version === 'string' ? version : String(team.version) }]
      : [],
    submitLabel: t(team ? 'form.save' : 'teams.create'),
    cancelHref: path,
  };
}

/** What is saved, by the names of the form's fields. */
export const storedTeam = (team: TeamRecord): FormValues => ({
  name: team.name,
  branchId: team.branch_id ?? '',
  memberIds: team.members.map(({ id }) => id),
});
