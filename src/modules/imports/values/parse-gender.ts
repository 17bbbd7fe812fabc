import { plainText, problem, type CellValue } from './cell-value.js';

export type Gender = 'female' | 'male' | 'other';

const spellings: Readonly<Record<Gender, readonly string[]>> = {
  female: ['女', '女性', '女士', '女生', '小姐', '太太', 'f', 'female', 'woman', 'ms', 'mrs', 'miss', '♀'],
  male: ['男', '男性', '男士', '男生', '先生', 'm', 'male', 'man', 'mr', '♂'],
  other: ['其他', '其它', 'other', 'x', 'diverse', 'nonbinary'],
};

const unspecified = ['未知', '不详', '保密', '未填', 'unknown', 'u', 'unspecified', 'n/a', '-'];

const genders = new Map<string, Gender | null>([
  ...spellings.female.map((text) => [text, 'female'] as const),
  ...spellings.male.map((text) => [text, 'male'] as const),
  ...spellings.other.map((text) => [text, 'other'] as const),
  ...unspecified.map((text) => [text, null] as const),
]);

/** A gender; a word for "not known" is none. Digits are refused, as systems disagree on what 0 and 1 mean. */
export function parseGender(cell: string): CellValue<Gender> {
  const text = plainText(cell).toLowerCase().replace(/\.$/, '');
  if (text === '') return { value: null };
  const gender = genders.get(text);
  return gender === undefined ? problem('imports.problem.gender.unknown') : { value: gender };
}
