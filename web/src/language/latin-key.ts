const otherLetter = /^[^\P{L}\p{Script=Latin}]$/u

/** What a key writes, or would with Latin letters: with Russian ones it says `л` where shortcuts have `k`. */
export function latinKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (!code.startsWith('Key') || !otherLetter.test(key)) return key
  const letter = code.slice(3)
  return key === key.toLowerCase() ? letter.toLowerCase() : letter
}
