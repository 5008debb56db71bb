import { text } from 'node:stream/consumers'
import { createElement, Suspense } from 'react'
import { prerenderToNodeStream } from 'react-dom/static'
import { describe, expect, it } from 'vitest'
import { lazyPart } from '../src/components/lazy-part.tsx'
import { UnloadedDialog } from '../src/components/UnloadedDialog.tsx'
import { layOutApart } from '../src/features/expression/graph/layout-apart.ts'
import { layOutGraph, type GraphLayout } from '../src/features/expression/graph/graph-layout.ts'
import { currentLanguage, withTexts } from '../src/language/language.ts'
import type { Part } from '../src/language/parts.ts'
import { chooseLanguage, unloadedLanguage } from '../src/language/start.ts'

describe('code that does not come', () => {
  it('has the page lay out a graph itself, where it is that of the worker', () => {
    const shape = { offsets: Int32Array.of(0, 1), operands: Int32Array.of(-1), widths: Float32Array.of(20) }
    const request = { shape, folded: new Uint8Array(1) }
    const worker = { isOn: true, onerror: () => {}, postMessage: () => {}, terminate: () => (worker.isOn = false) }
    let layout: GraphLayout | null = null
    layOutApart(
      request,
      (found) => (layout = found),
      () => worker as unknown as Worker,
    )
    expect(layout).toBeNull()
    worker.onerror()
    expect(layout).toEqual(layOutGraph(shape, request.folded))
    expect(worker.isOn).toBe(false)
  })

  it('is said in a dialog that can be closed, where it is that of a dialog', async () => {
    const Dialog = lazyPart<{ onClose: () => void }>(() => Promise.reject(new Error('away')), UnloadedDialog)
    const dialog = createElement(Suspense, null, createElement(Dialog, { onClose: () => {} }))
    const { prelude } = await prerenderToNodeStream(dialog)
    expect(await text(prelude)).toMatch(/<dialog.*This part of the page did not come\..*<\/dialog>/)
  })

  it('is told where it is that of a language, which is not shown then', async () => {
    await withTexts(['a part that there is not' as Part], () => Promise.resolve())
    await chooseLanguage('ru')
    expect([currentLanguage(), unloadedLanguage.get()]).toEqual(['en', 'ru'])
  })
})
