const letterKey = /^Key([A-Z])$/
const otherLetter = /^(?!\p{Script=Latin})\p{L}$/u

/** What a key writes, or would with Latin letters: with Russian ones it says `л` where shortcuts have `k`. */
export function latinKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  const letter = letterKey.exec(code)?.[1]
  if (letter === undefined || !otherLetter.test(key)) return key
  return key === key.toLowerCase() ? letter.toLowerCase() : letter
}
