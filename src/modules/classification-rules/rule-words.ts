/** Scripts that are written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const letter = /[\p{L}\p{N}]/u;
const gapInHan = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;

/** A text as words are looked for in it: without regard to case, width and spaces between Han characters. */
export const comparable = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(gapInHan, '').replace(/\s+/g, ' ').trim();

/**
 * True when a text says a word; both must be `comparable`. A word stands at the beginning of one: “late” is in “later” and
 * not in “chocolate”. Where a script has no spaces, anywhere will do.
 */
export function says(text: string, word: string): boolean {
  if (word === '') return false;
  const needsBeginning = isPartOfWord(firstCharacter(word));
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!needsBeginning || !isPartOfWord(lastCharacter(text.slice(0, at)))) return true;
  }
  return false;
}

const isPartOfWord = (character: string): boolean => letter.test(character) && !unspaced.test(character);

const firstCharacter = (text: string): string => [...text.slice(0, 2)][0] ?? '';
const lastCharacter = (text: string): string => [...text.slice(-2)].at(-1) ?? '';
