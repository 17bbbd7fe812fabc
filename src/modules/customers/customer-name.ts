import { pinyin } from 'pinyin-pro';

export interface NameSpelling {
  /** Lower-case Latin letters and digits of the whole name without spaces: 张三 → `zhangsan`, Anna Berg → `annaberg`. */
  readonly pinyin: string;
  /** First letters: 张三 → `zs`, Anna Berg → `ab`, 王Anna → `wa`. */
  readonly initials: string;
}

const longestSpelling = 200;
const hanCharacter = /\p{Script=Han}/u;

/** How a name is typed on a Latin keyboard. Surnames are read as surnames: 单 is shan, 曾 is zeng. */
export function spellName(name: string): NameSpelling {
  const words = name
    .toLowerCase()
    .normalize('NFKC')
    .split(/[\s·•,.'’-]+/u)
    .filter((word) => word !== '');
  const syllables = words.flatMap((word, index) =>
    hanCharacter.test(word) ? hanSyllables(word, index === 0) : [latinLetters(word)],
  );
  const spelled = syllables.filter((syllable) => syllable !== '');
  return {
    pinyin: spelled.join('').slice(0, longestSpelling),
    initials: spelled
      .map((syllable) => syllable[0] ?? '')
      .join('')
      .slice(0, longestSpelling),
  };
}

function hanSyllables(word: string, isFirst: boolean): string[] {
  return pinyin(word, {
    toneType: 'none',
    type: 'array',
    surname: isFirst ? 'head' : 'off',
    nonZh: 'consecutive',
    v: true,
  }).map(latinLetters);
}

/** Letters without accents, and digits; anything else is left out. */
const latinLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
