import { describe, expect, it } from 'vitest'
import type { Post, PostOutcome } from '../src/transport/post.ts'
import { createSession, untilSettled } from '../src/transport/session.ts'

const user = { __typename: 'User', id: 'u', email: 'ada@example.com', role: 'USER' }
const authentication = (accessToken: string) => ({ __typename: 'Authentication', accessToken, user })
const refreshed = (token: string): PostOutcome<unknown> => ({
  kind: 'answered',
  data: { refreshSession: authentication(token) },
})
const expired: PostOutcome<unknown> = {
  kind: 'answered',
  data: { refreshSession: { __typename: 'SessionExpiredError', code: 'SESSION_EXPIRED', message: '' } },
}

/** A session whose requests wait for the test to answer them. */
function start() {
  const requests: ((outcome: PostOutcome<unknown>) => void)[] = []
  const post = (() => new Promise((resolve) => requests.push(resolve))) as unknown as Post
  const told: string[] = []
  let hear = () => {}
  const tabs = { tellSignedOut: () => void told.push('signed out'), onSignedOut: (then: () => void) => (hear = then) }
  let isOwed = false
  const owedSignOut = { get: () => isOwed, set: (owed: boolean) => void (isOwed = owed) }
  return { session: createSession({ post, tabs, owedSignOut }), requests, told, hearSignedOut: () => hear() }
}

describe('the session', () => {
  it('resumes with the cookie of an earlier visit', async () => {
    const { session, requests } = start()
    expect(session.state.get()).toEqual({ status: 'resuming' })
    const outcome = session.refresh()
    requests[0]?.(refreshed('t1'))
    expect(await outcome).toBe('refreshed')
    expect(session.state.get()).toEqual({ status: 'signed-in', user })
    expect(session.accessToken()).toBe('t1')
  })

  it('shares one refresh among all who ask at the same time', async () => {
    const { session, requests } = start()
    const outcomes = Promise.all([session.refresh(), session.refresh(), session.refresh()])
    expect(requests).toHaveLength(1)
    requests[0]?.(refreshed('t1'))
    expect(await outcomes).toEqual(['refreshed', 'refreshed', 'refreshed'])
    void session.refresh()
    expect(requests).toHaveLength(2)
  })

  it('says that it has ended only to a user who was signed in', async () => {
    const { session, requests } = start()
    const first = session.refresh()
    requests[0]?.(expired)
    expect(await first).toBe('ended')
    expect(session.state.get()).toEqual({ status: 'signed-out', isExpired: false })

    const signIn = session.signIn({ email: 'ada@example.com', password: 'secret' })
    requests[1]?.({ kind: 'answered', data: { login: authentication('t1') } })
    expect(await signIn).toEqual({ __typename: 'SignedIn' })
    const second = session.refresh()
    requests[2]?.(expired)
    expect(await second).toBe('ended')
    expect(session.state.get()).toEqual({ status: 'signed-out', isExpired: true })
    expect(session.accessToken()).toBeUndefined()
  })

  it('outlives a server that does not answer', async () => {
    const { session, requests } = start()
    const resumed = session.refresh()
    requests[0]?.(refreshed('t1'))
    await resumed
    session.discardAccessToken()
    const outcome = session.refresh()
    requests[1]?.({ kind: 'unreachable' })
    expect(await outcome).toBe('unreachable')
    expect(session.state.get()).toEqual({ status: 'signed-in', user })
  })

  it('is not begun again by a refresh that was under way when the user signed out', async () => {
    const { session, requests } = start()
    const resumed = session.refresh()
    requests[0]?.(refreshed('t1'))
    await resumed
    const outcome = session.refresh()
    void session.signOut()
    requests[1]?.(refreshed('t2'))
    expect(await outcome).toBe('ended')
    expect(session.state.get()).toEqual({ status: 'signed-out', isExpired: false })
    expect(session.accessToken()).toBeUndefined()
  })

  it('is not begun again by the cookie of one whose end the server has not heard of', async () => {
    const { session, requests } = start()
    const resumed = session.refresh()
    requests[0]?.(refreshed('t1'))
    await resumed
    const answer = async (request: number, outcome: PostOutcome<unknown>) => {
      requests[request]?.(outcome)
      await new Promise(setImmediate)
    }
    const unreachable = { kind: 'unreachable' } as const
    const signedOut = session.signOut()
    // By its token, which may have expired, and by the cookie.
    await answer(1, unreachable)
    await answer(2, unreachable)
    await signedOut
    const reloaded = session.refresh()
    await answer(3, unreachable)
    expect(await reloaded).toBe('unreachable')
    expect(requests).toHaveLength(4)
    const again = session.refresh()
    await answer(4, { kind: 'answered', data: { logout: {} } })
    await answer(5, expired)
    expect(await again).toBe('ended')
    void session.refresh()
    await answer(6, refreshed('of another sign-in'))
    expect(session.accessToken()).toBe('of another sign-in')
  })

  it('ends with that of another tab, and tells the others when it is ended here', async () => {
    const { session, requests, told, hearSignedOut } = start()
    const resumed = session.refresh()
    requests[0]?.(refreshed('t1'))
    await resumed
    hearSignedOut()
    expect(session.state.get()).toEqual({ status: 'signed-out', isExpired: true })
    expect(session.accessToken()).toBeUndefined()
    expect(told).toEqual([])
    void session.signOut()
    expect(told).toEqual(['signed out'])
  })

  it('is waited for by what differs with it, until it is known', async () => {
    const { session, requests } = start()
    const first = untilSettled(session)
    const unreached = session.refresh()
    requests[0]?.({ kind: 'unreachable' })
    await unreached
    expect(await Promise.race([first, Promise.resolve('unknown')])).toBe('unknown')
    const resumed = session.refresh()
    requests[1]?.(expired)
    await resumed
    expect(await first).toBe('signed-out')
    const signIn = session.signIn({ email: 'ada@example.com', password: 'secret' })
    requests[2]?.({ kind: 'answered', data: { login: authentication('t1') } })
    await signIn
    expect(await untilSettled(session)).toBe('signed-in')
  })
})
