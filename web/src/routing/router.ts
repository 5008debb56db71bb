import { flushSync } from 'react-dom'
import { randomFraction } from '../ids.ts'
import { createValueStore, type ValueStore } from '../transport/value-store.ts'
import { addressOf, entryOf, writeAddress, type Place, type To } from './place.ts'
import { match, type Match, type Page, type Route } from './routes.ts'
import { ScrollMemory } from './scroll-memory.ts'

export interface NavigateOptions {
  /** Takes the place of where one is in the browser's history. */
  readonly replace?: boolean
  readonly state?: unknown
  /** Leaves the page scrolled as it is. */
  readonly keepScroll?: boolean
  /** One picture turns into the other, where the browser can. */
  readonly viewTransition?: boolean
}

/** What is in sight. The page is null while its code is on its way and nothing was in sight before. */
export interface Shown {
  readonly place: Place
  readonly match: Match | null
  readonly page: Page | null
  /** Where the page is scrolled to when it stands. */
  readonly scroll: Scroll
}

export type Scroll =
  { readonly kind: 'to'; readonly top: number } | { readonly kind: 'hash' } | { readonly kind: 'keep' }

/**
 * Which page is in sight, by the browser's history. A page whose code is not there yet is waited for, and what was in sight stays meanwhile;
 * of several that one goes to at once the last counts. See docs/decisions/0048.
 */
export class Router {
  readonly shown: ValueStore<Shown>
  readonly scrolls = new ScrollMemory()
  readonly #routes: readonly Route[]
  readonly #basePath: string
  /** Counts where one wanted to go. */
  #wanted = 0
  #wantedPage: string
  #departures = 0

  constructor(routes: readonly Route[], basePath: string) {
    this.#routes = routes
    this.#basePath = basePath
    history.scrollRestoration = 'manual'
    const place = this.#here()
    this.#wantedPage = place.pathname
    const top = this.scrolls.of(place.key)
    const scroll: Scroll = top === undefined ? { kind: 'hash' } : { kind: 'to', top }
    const found = match(routes, place.pathname)
    this.shown = createValueStore<Shown>({ place, match: found, page: atOnce(found), scroll })
    void this.#show(place, scroll)
    window.addEventListener('popstate', () => void this.#onHistory())
    window.addEventListener('pagehide', () => this.#keepScroll())
  }

  /** Done when the page is in sight, or another was wanted meanwhile. */
  navigate = async (to: To, options: NavigateOptions = {}): Promise<void> => {
    const address = addressOf(to)
    const place = { ...address, state: options.state ?? null, key: newKey() }
    const scroll: Scroll = options.keepScroll
      ? { kind: 'keep' }
      : place.hash
        ? { kind: 'hash' }
        : { kind: 'to', top: 0 }
    await this.#show(place, scroll, (show) => {
      this.#keepScroll()
      const entry = { key: place.key, state: place.state }
      history[options.replace ? 'replaceState' : 'pushState'](entry, '', this.href(address))
      return options.viewTransition ? inTransition(show) : show()
    })
  }

  /** How often one wanted to leave a page for another. To filter a list or to go to a heading is to stay. */
  get departures(): number {
    return this.#departures
  }

  href(to: To): string {
    return this.#basePath + writeAddress(addressOf(to))
  }

  /** Back, forward, or to a heading by a link or by hand, of which the browser takes care itself. */
  async #onHistory(): Promise<void> {
    const isOurs = entryOf(history.state) !== null
    this.#keepScroll()
    const place = this.#here()
    await this.#show(place, isOurs ? { kind: 'to', top: this.scrolls.of(place.key) ?? 0 } : { kind: 'keep' })
  }

  async #show(place: Place, scroll: Scroll, commit: Commit = (show) => show()): Promise<void> {
    const wanted = (this.#wanted += 1)
    if (place.pathname !== this.#wantedPage) this.#departures += 1
    this.#wantedPage = place.pathname
    const found = match(this.#routes, place.pathname)
    const page = atOnce(found) ?? (await loaded(found))
    if (wanted !== this.#wanted) return
    await commit(() => this.shown.set({ place, match: found, page, scroll }))
  }

  #keepScroll(): void {
    this.scrolls.keep(this.shown.get().place.key, window.scrollY)
  }

  /** By what the browser says. An entry that is not ours is made so. */
  #here(): Place {
    const { pathname, search, hash } = window.location
    const entry = entryOf(history.state) ?? { key: newKey(), state: null }
    history.replaceState(entry, '')
    const path = pathname.startsWith(this.#basePath) ? pathname.slice(this.#basePath.length) : pathname
    return { pathname: path || '/', search, hash, ...entry }
  }
}

/** Done when what `show` shows is in sight. */
type Commit = (show: () => void) => void | Promise<void>

const pages = new WeakMap<Route, Page>()

function atOnce(found: Match | null): Page | null {
  if (found === null) return null
  return 'load' in found.route.page ? (pages.get(found.route) ?? null) : found.route.page
}

async function loaded(found: Match | null): Promise<Page | null> {
  if (found === null || !('load' in found.route.page)) return null
  const page = await found.route.page.load()
  if (page !== null) pages.set(found.route, page)
  return page
}

/** Without transitions it is in sight at once. One that another takes the place of has shown its page all the same. */
async function inTransition(show: () => void): Promise<void> {
  if (!('startViewTransition' in document)) return show()
  const transition = document.startViewTransition(() => flushSync(show))
  transition.ready.catch(() => {})
  await transition.updateCallbackDone
}

const newKey = (): string => randomFraction().toString(36).slice(2, 10)
