import type { Random } from '../simulation/random.ts'

const tokens = [
  '{',
  '}',
  '(',
  ')',
  '...',
  '@',
  '$',
  ':',
  '!',
  '"""',
  '"',
  '#',
  '\0',
  '\ufeff',
  'fragment',
  'on',
  'null',
  '[',
  '\ud800',
  '__proto__',
]

/** A text that was nearly right. */
export function damage(random: Random, text: string): string {
  const at = random.between(0, text.length)
  const end = Math.min(text.length, at + random.between(1, 12))
  switch (random.between(0, 5)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + text.slice(end)
    case 2:
      return text.slice(0, end) + text.slice(at)
    case 3:
      return `${text.slice(0, at)}${random.pick(tokens)}${text.slice(at)}`
    case 4:
      return text.replace(/\b[a-z]{4,}\b/, (name) => name.slice(1))
    default:
      return `${text}\n${text}`
  }
}
