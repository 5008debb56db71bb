import { renderToStaticMarkup } from 'react-dom/server'
import { createElement } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { formatCount } from '../src/format/number.ts'
import { showIn, withTexts } from '../src/language/language.ts'
import { parseMessage } from '../src/language/message.ts'
import { t, tx } from '../src/language/t.ts'

afterEach(() => showIn('en'))

describe('a message', () => {
  it('takes the form of its number, and writes numbers as its language does', async () => {
    const tasks = (count: number) => t('Graph of {count, plural, one {# operation} other {# operations}}', { count })
    expect([0, 1, 2, 5_000].map(tasks)).toEqual([
      'Graph of 0 operations',
      'Graph of 1 operation',
      'Graph of 2 operations',
      'Graph of 5,000 operations',
    ])
    await withTexts(['expression'], () => showIn('ru'))
    expect([0, 1, 2, 21, 5_000, 1.5].map(tasks)).toEqual([
      'Граф из 0 операций',
      'Граф из 1 операции',
      'Граф из 2 операций',
      'Граф из 21 операции',
      'Граф из 5\u00a0000 операций',
      'Граф из 1,5 операции',
    ])
    expect(formatCount(12_345.6)).toBe('12\u00a0345,6')
  })

  it('has elements in the middle of a sentence', () => {
    const link = (inside: unknown) => createElement('a', { href: '/' }, inside as string)
    const shown = createElement('p', null, tx('Open its link, or <link>sign in</link>.' as 'a', { link }))
    expect(renderToStaticMarkup(shown)).toBe('<p>Open its link, or <a href="/">sign in</a>.</p>')
  })

  it('shows nothing of the sense that it is meant in', () => {
    expect(t('Failed@@operation')).toBe('Failed')
  })

  it.each(['{name', '{count, plural, one {#}', '<b>bold', 'a } b', '1 < 2'])('is refused malformed: %s', (message) =>
    expect(() => parseMessage(message)).toThrow(),
  )
})
