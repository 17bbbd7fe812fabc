import { spellName } from '../customers/customer-name.js';
import { CustomFieldKey, customFieldLimits } from './custom-field.js';

/** A key made from a label that is none of those in use: 宠物名字 → `chongwumingzi`, then `chongwumingzi2`. */
export function keyFromLabel(label: string, taken: ReadonlySet<string>): string {
  const spelled = spellName(label).pinyin.replace(/^[^a-z]+/, '');
  const base = CustomFieldKey.safeParse(spelled.slice(0, customFieldLimits.key - 2)).data ?? 'field';
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}${number}`;
    if (!taken.has(key)) return key;
  }
}
