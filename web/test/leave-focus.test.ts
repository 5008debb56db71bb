import { afterEach, describe, expect, it, vi } from 'vitest'
import { leaveFocus } from '../src/components/leave-focus.ts'

afterEach(() => vi.unstubAllGlobals())

/** As much of a page as has to do with the focus: parts in each other, and a button in the innermost. */
function page() {
  const body = { isBody: true }
  const part = () => ({
    ...{ isConnected: true, tabIndex: 0, contains: () => true },
    focus() {
      document.activeElement = this
    },
  })
  const [outer, inner, button] = [part(), part(), part()]
  const document = {
    ...{ body, activeElement: body as object },
    querySelectorAll: () => [outer, inner, { ...part(), contains: () => false }],
  }
  vi.stubGlobal('document', document)
  const end = leaveFocus(button as unknown as HTMLElement)
  return {
    ...{ document, outer, inner, button },
    /** The button goes away, with what is given, and the focus with it. */
    async leave(...others: { isConnected: boolean }[]) {
      end()
      for (const one of [button, ...others]) one.isConnected = false
      if (document.activeElement === button) document.activeElement = body
      await Promise.resolve()
    },
  }
}

describe('the focus of a button that goes away', () => {
  it('goes to the part of the page that it was in', async () => {
    const { document, button, inner, leave } = page()
    button.focus()
    await leave()
    expect(document.activeElement).toBe(inner)
  })

  it('goes to the part that stays where others go with it', async () => {
    const { document, button, inner, outer, leave } = page()
    button.focus()
    await leave(inner)
    expect(document.activeElement).toBe(outer)
  })

  it('is nobody’s concern where it had none, or nothing stays', async () => {
    const { document, button, inner, outer, leave } = page()
    await leave()
    expect(document.activeElement).toBe(document.body)
    const other = page()
    other.button.focus()
    await other.leave(other.inner, other.outer)
    expect(other.document.activeElement).toBe(other.document.body)
    expect([button, inner, outer].map(({ tabIndex }) => tabIndex)).toEqual([0, 0, 0])
  })

  it('stays with what has come in its place', async () => {
    const { document, button, leave } = page()
    const successor = {}
    button.focus()
    const left = leave()
    document.activeElement = successor
    await left
    expect(document.activeElement).toBe(successor)
  })
})
