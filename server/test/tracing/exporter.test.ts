import { pino } from 'pino'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Exporter } from '../../src/tracing/exporter.ts'
import type { Span } from '../../src/tracing/span.ts'
import { createSampler } from '../../src/tracing/sampler.ts'
import { readTraceparent } from '../../src/tracing/trace-context.ts'
import { startCollector } from './collector.ts'

const span: Span = {
  ...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentId: null, name: 'task', kind: 'internal' },
  ...{ start: 1, end: 2, attributes: '' },
}

function exporterTo(url: string, timeoutMs = 10_000) {
  const log: { level: number; msg: string; dropped?: number }[] = []
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      log.push(JSON.parse(String(line)) as (typeof log)[number])
      done()
    },
  })
  const settings = { url, headers: {}, timeoutMs, resource: {} }
  return { log, exporter: new Exporter({ settings, clock: systemClock, logger: pino(stream) }) }
}

test('a collector that fails is told of once, and once when it answers again', async () => {
  let status = 503
  const collector = await startCollector((response) => void response.writeHead(status).end())
  const { exporter, log } = exporterTo(collector.url)
  const send = async () => {
    exporter.add(span)
    await exporter.flush()
  }
  await send()
  await send()
  status = 200
  await send()
  await send()
  expect(log.map(({ level, dropped }) => [level, dropped])).toEqual([
    [40, undefined],
    [30, 2],
  ])
})

test('one that is not there, and one that never answers, cost no more than their time', async () => {
  const nowhere = exporterTo('http://127.0.0.1:1')
  nowhere.exporter.add(span)
  await nowhere.exporter.flush()
  expect(nowhere.log).toHaveLength(1)

  const collector = await startCollector(() => {})
  const { exporter, log } = exporterTo(collector.url, 50)
  exporter.add(span)
  await exporter.flush()
  expect(log).toHaveLength(1)
})

test('what waits is bounded, whatever comes while a request is under way', async () => {
  let answer = () => {}
  const collector = await startCollector((response) => (answer = () => void response.end()))
  const { exporter } = exporterTo(collector.url)
  exporter.add(span)
  const flushed = exporter.flush()
  await collector.requests.next()
  for (let count = 0; count < 100_000; count++) exporter.add(span)
  const finish = async () => {
    for (let request = 0; request < 4; request++) {
      answer()
      await collector.requests.next()
    }
    answer()
  }
  await Promise.all([flushed, finish()])
  expect(collector.seen).toHaveLength(1 + 4_096)
})

test('what is no traceparent is as if there were none', () => {
  const good = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
  expect(readTraceparent(good)).toEqual({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), isSampled: true })
  expect(readTraceparent(`01${good.slice(2)}-more`)).toMatchObject({ isSampled: true })
  for (const bad of [
    undefined,
    '',
    1,
    ['x'],
    good.toUpperCase(),
    `ff${good.slice(2)}`,
    good.replaceAll('a', '0'),
    `${good}0`,
  ])
    expect(readTraceparent(bad)).toBeNull()
})

test('a ratio keeps its share, and the same whoever asks', () => {
  const ids = Array.from({ length: 4_000 }, () => crypto.randomUUID().replaceAll('-', ''))
  const kept = ids.filter((id) => createSampler('traceidratio', 0.25)(id, null))
  expect(kept.length / ids.length).toBeCloseTo(0.25, 1)
  const parent = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), isSampled: false }
  expect(ids.some((id) => createSampler('parentbased_always_on', 1)(id, parent))).toBe(false)
  expect(ids.every((id) => createSampler('always_on', 0)(id, parent))).toBe(true)
  expect(ids.some((id) => createSampler('always_off', 1)(id, null))).toBe(false)
})
