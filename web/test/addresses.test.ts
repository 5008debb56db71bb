import { describe, expect, it } from 'vitest'
import { pageToReturnTo, signInAddress } from '../src/app/return-address.ts'
import { parseStatusFilter, statusesOf } from '../src/features/expressions/status-filter.ts'

describe('the sign-in page', () => {
  const roundTrip = (page: string) => pageToReturnTo(new URL(signInAddress(page), 'http://test.invalid').searchParams)

  it.each(['/', '/agents', '/expressions/RXhwcmVzc2lvbjox?tab=a&b=c'])('leads back to %s', (page) => {
    expect(roundTrip(page)).toBe(page)
  })

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', ''])(
    'never leads to %j, which is not of this site',
    (next) => expect(pageToReturnTo(new URLSearchParams({ next }))).toBe('/'),
  )
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
