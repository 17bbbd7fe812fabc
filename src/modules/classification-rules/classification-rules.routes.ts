import type { ViewerContext } from '../../core/context.js';
import { page } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readRequestCategories } from '../request-categories/request-categories.queries.js';
import { readSettingChoices } from '../service-settings/setting-choices.queries.js';
import { settingRoutes } from '../service-settings/setting-routes.js';
import { classificationRuleUpkeep } from './classification-rules-upkeep.js';
import {
  findClassificationRule,
  listClassificationRules,
  readClassificationRules,
  type StoredRule,
} from './classification-rules.queries.js';
import {
  ClassificationRuleForm,
  NewClassificationRuleForm,
  TrialQuery,
} from './classification-rules.schemas.js';
import { changeClassificationRule, createClassificationRule } from './classification-rules.service.js';
import { classificationRulesPath, classificationRulesView } from './classification-rules.views.js';
import { classify, type Classification } from './classify.js';
import { classificationRuleSpecs, classificationRuleValues } from './rule-form.views.js';
import type { RuleChoices } from './rule-names.js';

export const classificationRuleRoutes = [
  route.get(classificationRulesPath, {
    permission: 'service-settings:manage',
    query: TrialQuery,
    handler: async (context, { query }) => {
      const rules = await listClassificationRules(context);
      const [choices, tried] = await Promise.all([readChoices(context, rules), tryRules(context, query)]);
      const view = classificationRulesView(context, rules, choices, query, tried);
      return page('classification-rules/index', view);
    },
  }),
  ...settingRoutes({
    path: classificationRulesPath,
    title: 'classificationRules.title',
    newTitle: 'classificationRules.new',
    upkeep: classificationRuleUpkeep,
    newForm: NewClassificationRuleForm,
    changeForm: ClassificationRuleForm,
    find: findClassificationRule,
    nameOf: (_context, { name }) => name,
    specs: async (context, rule) =>
      classificationRuleSpecs(context, await readChoices(context, rule ? [rule] : [])),
    values: classificationRuleValues,
    create: createClassificationRule,
    change: changeClassificationRule,
  }),
];

async function readChoices(context: ViewerContext, rules: readonly StoredRule[]): Promise<RuleChoices> {
  const types = rules.flatMap(({ conditions, outcome }) => [...conditions.typeIds, outcome.typeId]);
  const [choices, categories] = await Promise.all([
    readSettingChoices(context, types),
    readRequestCategories(context),
  ]);
  return { ...choices, categories };
}

/** What the rules would do with a request of this text; nothing is written. */
async function tryRules(
  { deps }: ViewerContext,
  { text, channel, tier, type }: TrialQuery,
): Promise<Classification | undefined> {
  if (text === null) return undefined;
  const rules = await readClassificationRules(deps.database);
  const known = { subject: text, description: null, channel: channel ?? null, tierId: tier ?? null };
  return classify({ ...known, typeId: type }, rules);
}
