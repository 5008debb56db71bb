import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageToReturnTo, signInAddress } from '../src/app/return-address.ts'
import { parseStatusFilter, statusesOf } from '../src/features/expressions/filter/status-filter.ts'

describe('the sign-in page', () => {
  const roundTrip = (page: string) => pageToReturnTo(new URL(signInAddress(page), 'http://test.invalid').searchParams)

  it.each(['/', '/agents', '/?status=failed', '/expressions/RXhwcmVzc2lvbjox?tab=a&b=c'])(
    'leads back to %s',
    (page) => {
      expect(roundTrip(page)).toBe(page)
    },
  )

  it.each([
    ...['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', 'expressions'],
    ...[
      '/\t/evil.example',
      '/\n/evil.example',
      '\t//evil.example',
      '/\0',
      '/\u0085',
      '/.//evil.example',
      '/a/..//evil.example',
    ],
    ...['/./\\evil.example', '/%2e//evil.example', '//evil.example:99999', '/\t\\evil.example'],
  ])('never leads to %j, which is not of this site', (next) =>
    expect(pageToReturnTo(new URLSearchParams({ next }))).toBe('/'),
  )

  it('leads to nothing but paths of this site, whatever it is given', () => {
    const part = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '\t',
      '\r',
      '%09',
      '%2f',
      '@',
      ':',
      '?',
      '#',
      'evil.example',
      'a',
      ' ',
      '\u2028',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const page = pageToReturnTo(new URLSearchParams({ next: parts.join('') }))
        expect(page).toMatch(/^\/(?!\/)/)
        expect(new URL(page, 'https://here.invalid').origin).toBe('https://here.invalid')
        expect(new URL(page, 'https://here.invalid').pathname).not.toMatch(/^\/[/\\]/)
      }),
      { seed: 12, numRuns: 2_000 },
    )
  })
})

describe('the status filter', () => {
  it('is read from the address, and is all where the address makes no sense', () => {
    expect(parseStatusFilter('active')).toBe('active')
    expect(parseStatusFilter(null)).toBe('all')
    expect(parseStatusFilter('nonsense')).toBe('all')
  })

  it('lets through the statuses that it names', () => {
    expect(statusesOf('all')).toBeNull()
    expect(statusesOf('active')).toEqual(['QUEUED', 'RUNNING'])
  })
})
