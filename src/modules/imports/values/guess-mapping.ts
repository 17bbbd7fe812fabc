/** For each field of a target, the words under which files know it. */
export type FieldSynonyms<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** Words before a column's name that say only whose it is. */
const owner = /^(?:客户|顾客|会员|客人|customer|client|member|guest)s?/;

/**
 * Guesses the field for each column from its heading: one field for each column and one column for each field, the first
 * that fits. Compares whole names, whatever their case, spaces, punctuation and remarks in brackets, and lets an owner in
 * front go (`会员手机` is `手机`), but never guesses from a part: 介绍人手机 is nobody's phone here.
 */
export function guessMapping<Field extends string>(
  header: readonly string[],
  synonyms: FieldSynonyms<Field>,
): (Field | null)[] {
  const fields = fieldsBySpelling(synonyms);
  const mapping: (Field | null)[] = header.map(() => null);
  for (const spell of [exactSpelling, spellingWithoutOwner]) {
    header.forEach((heading, column) => {
      const field = fields.get(spell(heading));
      if (field !== undefined && mapping[column] === null && !mapping.includes(field))
        mapping[column] = field;
    });
  }
  return mapping;
}

function fieldsBySpelling<Field extends string>(synonyms: FieldSynonyms<Field>): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const field in synonyms) {
    for (const synonym of [field, ...synonyms[field]]) fields.set(exactSpelling(synonym), field);
  }
  return fields;
}

function exactSpelling(heading: string): string {
  const withoutRemarks = heading.normalize('NFKC').replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '');
  return withoutRemarks.toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, '');
}

const spellingWithoutOwner = (heading: string): string => exactSpelling(heading).replace(owner, '');
