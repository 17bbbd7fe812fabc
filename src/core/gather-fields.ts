/**
 * For forms with a field per record: puts what was sent as `<prefix><key>` together under the name that the prefix has
 * here, by key; the rest stays as it is. A name is there even when nothing was sent under its prefix.
 */
export const gatherFields =
  (prefixes: Readonly<Record<string, string>>) =>
  (input: unknown): unknown => {
    if (typeof input !== 'object' || input === null) return input;
    // Entries, not a record: a field called __proto__ has to arrive where it is refused.
    const others: [string, unknown][] = [];
    const gathered = new Map(Object.keys(prefixes).map((name) => [name, new Map<string, unknown>()]));
    for (const [field, value] of Object.entries(input)) {
      const found = Object.entries(prefixes).find(([, prefix]) => field.startsWith(prefix));
      if (found) gathered.get(found[0])?.set(field.slice(found[1].length), value);
      else others.push([field, value]);
    }
    const entries = [...gathered].map(([name, values]) => [name, Object.fromEntries(values)] as const);
    return Object.fromEntries<unknown>([...others, ...entries]);
  };
