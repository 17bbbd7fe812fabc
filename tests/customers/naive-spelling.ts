import fc from 'fast-check';
import { pinyin } from 'pinyin-pro';

/** A name, and how a patient reader says it: one syllable to a Han character, one to a Latin word. */
export interface ReadName {
  readonly name: string;
  readonly syllables: readonly string[];
}

/** As dictionaries of surnames read them: most of these characters are read otherwise elsewhere. */
const surnames: Readonly<Record<string, string>> = {
  ...{ 王: 'wang', 李: 'li', 张: 'zhang', 吕: 'lv', 单: 'shan', 曾: 'zeng', 解: 'xie', 仇: 'qiu', 查: 'zha' },
  ...{ 区: 'ou', 任: 'ren', 盖: 'ge', 尉迟: 'yu chi', 万俟: 'mo qi', 欧阳: 'ou yang', 长孙: 'zhang sun' },
};

/** Some of them are read in more than one way; in a name, each is read as it is by itself: 王会长 is nobody's chairman. */
const givenCharacters = Array.from('伟芳娜敏静强磊军洋勇艳杰涛明超秀霞平刚桂英女绿长重乐行朝会解单');

const readAlone = (name: string): ReadName => ({
  name,
  syllables: [pinyin(name, { toneType: 'none', v: true })],
});

const joined = (separator: string, ...parts: readonly ReadName[]): ReadName => ({
  name: parts.map(({ name }) => name).join(separator),
  syllables: parts.flatMap(({ syllables }) => syllables),
});

const surname = fc.constantFrom(
  ...Object.entries(surnames).map(([name, reading]): ReadName => ({ name, syllables: reading.split(' ') })),
);
const givenName = fc
  .array(fc.constantFrom(...givenCharacters), { minLength: 1, maxLength: 2 })
  .map((characters) => joined('', ...characters.map(readAlone)));
const latinName = fc.constantFrom<ReadName>(
  { name: 'Anna', syllables: ['anna'] },
  { name: 'Bo', syllables: ['bo'] },
  { name: 'Wang', syllables: ['wang'] },
  { name: 'María', syllables: ['maria'] },
  { name: 'MÜLLER', syllables: ['muller'] },
);

const hanName = fc.tuple(surname, givenName).map((parts) => joined('', ...parts));

/** Han names, Latin ones, and those that people in between give. */
export const anyReadName: fc.Arbitrary<ReadName> = fc.oneof(
  { weight: 5, arbitrary: hanName },
  fc.tuple(latinName, latinName).map((parts) => joined(' ', ...parts)),
  fc.tuple(hanName, latinName).map((parts) => joined(' ', ...parts)),
  fc.tuple(surname, latinName).map((parts) => joined('', ...parts)),
  fc
    .tuple(latinName, fc.constantFrom(...givenCharacters).map(readAlone))
    .map((parts) => joined(' ', ...parts)),
);

export const readingOf = ({ syllables }: ReadName): string => syllables.join('');
export const initialsOf = ({ syllables }: ReadName): string => syllables.map(([first]) => first).join('');

/** Letters find the beginning of the initials, any part of reading and name from three letters on, below that their beginning. */
export function isFoundBy(read: ReadName, letters: string): boolean {
  const spelled = [readingOf(read), read.name.toLowerCase()];
  if (initialsOf(read).startsWith(letters)) return true;
  return letters.length < 3
    ? spelled.some((text) => text.startsWith(letters))
    : spelled.some((text) => text.includes(letters));
}
