/** Under which the words of a conference's letters are kept. */
export function lettersKey(conference: string) {
  return ['conference', conference, 'letter-templates'] as const;
}
