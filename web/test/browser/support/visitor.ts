import type { Browser, BrowserContext, Page } from 'playwright-core'

/** How long anything on a page may take to show, on a slow and busy machine. */
const patienceMs = 30_000

/** What Chromium itself writes to the console when nobody answers at an address. */
const noAnswer = /net::ERR_(CONNECTION_|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/

/** Somebody with a browser profile of their own, and a record of all that their pages do. */
export class Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Every HTTP request of a page, as `POST SubmitExpression` or `GET /sign-in`. */
  readonly requests: string[] = []
  /** Payloads of subscriptions that came over the WebSocket. */
  payloads = 0
  #troubles: string[] = []
  #isOutageExpected = false

  private constructor(context: BrowserContext, page: Page) {
    this.context = context
    this.page = page
  }

  /** @param locale that of the browser */
  static async arrive(browser: Browser, address: string, locale = 'en-US'): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: address, reducedMotion: 'reduce', locale })
    context.setDefaultTimeout(patienceMs)
    const visitor = new Visitor(context, await context.newPage())
    visitor.#watch(address)
    return visitor
  }

  /** What no page may do: write warnings or errors to the console, fail, break its security policy, call another host. */
  get troubles(): readonly string[] {
    return this.#troubles.filter((trouble) => !(this.#isOutageExpected && noAnswer.test(trouble)))
  }

  /** Another page in the same profile, signed in as the first one is. */
  async openTab(path: string): Promise<Page> {
    const tab = await this.context.newPage()
    await tab.goto(path)
    return tab
  }

  /** From here on the server is down for a while, on which Chromium itself remarks. */
  expectOutage(): void {
    this.#isOutageExpected = true
  }

  /** What stands on the page and what it did, for whoever reads of a test that failed. */
  async describe(): Promise<string> {
    const content = this.page.isClosed() ? 'closed' : await this.page.ariaSnapshot()
    return [this.page.url(), ...this.requests, ...this.#troubles, content].join('\n')
  }

  #watch(address: string): void {
    this.#watchSockets(this.page, address)
    this.context.on('page', (page) => this.#watchSockets(page, address))
    this.context.on('console', (message) => {
      // Violations of the security policy come as errors.
      if (message.type() === 'error' || message.type() === 'warning') this.#note(message.type(), message.text())
    })
    this.context.on('weberror', (error) => this.#note('uncaught', String(error.error())))
    this.context.on('request', (request) => {
      const { host, pathname } = new URL(request.url())
      if (host !== new URL(address).host) this.#note('request to another host', request.url())
      // The icon is the browser's own errand, whenever a title changes.
      if (pathname !== '/icon.svg')
        this.requests.push(`${request.method()} ${operationName(request.postData()) ?? pathname}`)
    })
  }

  #watchSockets(page: Page, address: string): void {
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== new URL(address).host) this.#note('socket to another host', socket.url())
      socket.on('framereceived', ({ payload }) => {
        if (payload.includes('"type":"next"')) this.payloads += 1
      })
    })
  }

  #note(kind: string, detail: string): void {
    this.#troubles.push(`${kind}: ${detail}`)
  }
}

/** Of the GraphQL document in the body of a request. */
const operationName = (body: string | null): string | undefined => /\b(?:query|mutation) (\w+)/.exec(body ?? '')?.[1]
