const excerptLength = 120;

/** The beginning of a longer text in one line, at most 120 characters. */
export function excerptOf(text: string): string {
  const characters = Array.from(text.replace(/\s+/g, ' '));
  return characters.length <= excerptLength
    ? characters.join('')
    : `${characters.slice(0, excerptLength - 1).join('')}…`;
}
