import type { ViewerContext } from './context.js';
import type { Database } from './database.js';
import type { Locale } from './i18n.js';
import { sql } from './sql.js';

/** A column of a SELECT: another text after each commit that changed what forms and filters offer. */
export const choicesVersionColumn = sql`
  (SELECT count(*) || '-' || coalesce(sum(transaction_id), 0) FROM choice_changes)`;

/** The longest that a process goes by what it has read: for what is not noted, such as the sources of customers. */
const keptMillis = 60_000;

/** Whose choices are kept at most; beyond that all are read again. */
const mostViewers = 2_000;

interface Kept<Choices> {
  readonly version: string;
  readonly until: number;
  readonly byKey: Map<string, Promise<Choices>>;
}

/**
 * Reads what forms and filters offer. Almost every page shows it, and it changes a few times a day: a process keeps it
 * until a commit is noted in `choice_changes`, which the statement that reads the viewer has seen; a minute at most.
 * A request does not see what it changed itself: it redirects, and the next one does.
 * @param keyOf names for whom it is read, where it is not the same for all.
 */
export function keepChoices<Choices extends object>(
  read: (context: ViewerContext) => Promise<Choices>,
  keyOf: (context: ViewerContext) => string = () => '',
): (context: ViewerContext) => Promise<Choices> {
  const keptByDatabase = new WeakMap<Database, Kept<Choices>>();
  const keptOf = (database: Database, version: string): Kept<Choices> => {
    const kept = keptByDatabase.get(database);
    const now = performance.now();
    if (kept?.version === version && kept.until > now && kept.byKey.size <= mostViewers) return kept;
    const fresh = { version, until: now + keptMillis, byKey: new Map<string, Promise<Choices>>() };
    keptByDatabase.set(database, fresh);
    return fresh;
  };
  return (context) => {
    const version = context.viewer.choicesVersion;
    if (version === undefined) return read(context);
    const { byKey } = keptOf(context.deps.database, version);
    const key = keyOf(context);
    const known = byKey.get(key);
    if (known) return known;
    const choices = read(context);
    byKey.set(key, choices);
    choices.catch(() => byKey.delete(key));
    return choices;
  };
}

/** What texts are made with: the same for everybody who reads the same language. */
export type Wording = Pick<ViewerContext, 't' | 'locale'>;

/** Something made of kept choices alone, such as the options of a field: once for each language, as long as they are kept. */
export function makeOnce<Choices extends object, Made>(
  make: (wording: Wording, choices: Choices) => Made,
): (wording: Wording, choices: Choices) => Made {
  const madeOf = new WeakMap<Choices, Map<Locale, Made>>();
  return ({ t, locale }, choices) => {
    const byLocale = madeOf.get(choices) ?? new Map<Locale, Made>();
    madeOf.set(choices, byLocale);
    const known = byLocale.get(locale);
    if (known !== undefined) return known;
    const made = make({ t, locale }, choices);
    byLocale.set(locale, made);
    return made;
  };
}

/** Forgets changes of more than a day ago; whatever is kept is read once more. */
export async function forgetChoiceChanges({
  database,
  now,
}: Pick<ViewerContext['deps'], 'database' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - 86_400_000);
  await database.pool.query('DELETE FROM choice_changes WHERE changed_at < $1', [before]);
}
