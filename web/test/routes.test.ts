import { describe, expect, it } from 'vitest'
import { addressOf, writeAddress } from '../src/routing/place.ts'
import { match, type Route } from '../src/routing/routes.ts'

const page = () => null
const routes: readonly Route[] = ['/', '/expressions/:id', '/agents', '*'].map((path) => ({ path, frame: page, page }))

const found = (pathname: string) => {
  const { route, params } = match(routes, pathname) ?? {}
  return [route?.path, params]
}

describe('a path', () => {
  it('is of the first route that it fits, whole', () => {
    expect(found('/')).toEqual(['/', {}])
    expect(found('/agents')).toEqual(['/agents', {}])
    expect(found('/agents/3')).toEqual(['*', {}])
    expect(found('/no/agents')).toEqual(['*', {}])
  })

  it('is the same with a slash at its end, or in capitals', () => {
    expect(found('/agents/')).toEqual(['/agents', {}])
    expect(found('/Agents')).toEqual(['/agents', {}])
    expect(found('//')).toEqual(['/', {}])
  })

  it('has the parameters of its route, as they were before they were written into it', () => {
    expect(found('/expressions/RXg%3D')).toEqual(['/expressions/:id', { id: 'RXg=' }])
    expect(found('/expressions/100%')).toEqual(['/expressions/:id', { id: '100%' }])
    expect(found('/expressions/')).toEqual(['*', {}])
  })
})

describe('an address', () => {
  it('is taken apart and put together', () => {
    expect(addressOf('/a?b=c#d')).toEqual({ pathname: '/a', search: '?b=c', hash: '#d' })
    expect(addressOf('/a#d?e')).toEqual({ pathname: '/a', search: '', hash: '#d?e' })
    expect(addressOf({ pathname: '/a' })).toEqual({ pathname: '/a', search: '', hash: '' })
    for (const address of ['/', '/a', '/a?b', '/a#d', '/a?b#d']) expect(writeAddress(addressOf(address))).toBe(address)
  })
})
