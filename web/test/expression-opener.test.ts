import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { expressionOpener } from '../src/app/expression-opener.ts'
import { Router } from '../src/routing/router.ts'
import type { Page, Route } from '../src/routing/routes.ts'

const page = () => null
let finishLoading: (page: Page) => void = () => {}
const routes: readonly Route[] = [
  ...['/', '/expressions/:id', '/sign-in'].map((path) => ({ path, frame: page, page })),
  { path: '/agents', frame: page, page: { load: () => new Promise((resolve) => (finishLoading = resolve)) } },
]

beforeEach(() => {
  vi.stubGlobal('history', { state: null, pushState: () => {}, replaceState: () => {} })
  vi.stubGlobal('window', {
    location: { pathname: '/', search: '', hash: '' },
    scrollY: 0,
    addEventListener: () => {},
    matchMedia: () => ({ matches: false }),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

/** One has submitted; what the expression's page shows first comes when the test says so. */
function submit() {
  const router = new Router(routes, '')
  let prepared = () => {}
  const open = expressionOpener(router, () => new Promise((resolve) => (prepared = resolve)))()
  return { router, open, finishPreparing: () => prepared(), shown: () => router.shown.get().place.pathname }
}

it('goes to what one has submitted, though one has filtered the list meanwhile', async () => {
  const { router, open, finishPreparing, shown } = submit()
  await router.navigate('/?status=RUNNING', { replace: true })
  const opening = open('e')
  finishPreparing()
  await opening
  expect(shown()).toBe('/expressions/e')
})

it('leaves one alone who has gone to another page before it was taken in', async () => {
  const { router, open, shown } = submit()
  await router.navigate('/sign-in?next=%2F')
  await open('e')
  expect(shown()).toBe('/sign-in')
})

it('leaves one alone who is on the way to another page whose code is not there yet', async () => {
  const { router, open, finishPreparing, shown } = submit()
  const opening = open('e')
  const leaving = router.navigate('/agents')
  finishPreparing()
  await opening
  expect(shown()).toBe('/')
  finishLoading(page)
  await leaving
  expect(shown()).toBe('/agents')
})
