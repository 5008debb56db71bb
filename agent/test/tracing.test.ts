import { createServer, type Server } from 'node:http'
import { createServer as createSilentServer, type AddressInfo, type Server as NetServer } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { Exporter } from '../src/tracing/exporter.ts'
import { Tracer } from '../src/tracing/tracer.ts'
import type { Span } from '../src/tracing/span.ts'

const span: Span = {
  ...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentId: 'c'.repeat(16) },
  ...{ start: 1, end: 2.5, operation: '+' },
}

let collector: Server
let bodies: string[]
let status: number
let lines: string[]

beforeEach(async () => {
  bodies = []
  lines = []
  status = 200
  collector = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += String(part)))
    request.on('end', () => {
      bodies.push(body)
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
})

afterEach(() => {
  collector.closeAllConnections()
  collector.close()
})

function exporter(to: NetServer = collector, timeoutMs = 5_000) {
  const url = `http://127.0.0.1:${(to.address() as AddressInfo).port}`
  const log = pino({}, { write: (line: string) => lines.push((JSON.parse(line) as { msg: string }).msg) })
  return new Exporter({ url, headers: {}, timeoutMs, resource: {} }, systemClock, log)
}

function spansOf(body: string): unknown[] {
  const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: unknown[] }[] }[] }
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
}

it('sends what has come by itself, at most so much in a request', async () => {
  const exporting = exporter()
  const arrived = new Promise<void>((resolve) => collector.once('request', () => resolve()))
  for (let count = 0; count < 5_000; count++) exporting.add(span)
  expect(exporting.hasRoom).toBe(false)
  await arrived
  await exporting.flush()
  expect(bodies).toHaveLength(1)
  expect(spansOf(bodies[0]!)).toHaveLength(1_024)
  expect(spansOf(bodies[0]!)[0]).toMatchObject({ parentSpanId: span.parentId, endTimeUnixNano: '2500000' })
})

it('keeps no more than waits and is under way for a collector that never answers, and goes on when its time is over', async () => {
  const silent = createSilentServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (part) => (sent += String(part)))
  })
  let sent = ''
  const asked = new Promise<void>((resolve) => silent.once('connection', () => resolve()))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const exporting = exporter(silent, 500)
  const addMany = () => {
    for (let count = 0; count < 50_000; count++) exporting.add(span)
  }
  addMany()
  const first = exporting.flush()
  await asked
  addMany()
  await first
  await exporting.flush()
  expect(exporting.hasRoom).toBe(true)
  expect(sent.split('"spanId"').length - 1).toBe(2 * 1_024)
  expect(lines).toEqual(['the collector of traces does not take what it is sent; it is dropped'])
  silent.close()
})

it('tells once that the collector does not take it, and once that it does again', async () => {
  const exporting = exporter()
  for (status of [503, 503, 200, 200]) {
    exporting.add(span)
    await exporting.flush()
  }
  expect(lines).toEqual([
    'the collector of traces does not take what it is sent; it is dropped',
    'the collector of traces answers again',
  ])
})

it('tells of what has a context that is kept, once, and of nothing that was taken back', () => {
  const told: Span[] = []
  const tracer = new Tracer({ epochNow: () => 1_000, random: () => 0.5, add: (one) => told.push(one) })
  const context = `00-${'a'.repeat(32)}-${'c'.repeat(16)}`
  const assignment = (ticket: string, traceparent: string | null) => {
    return { ticket, traceparent, operation: '/', operands: ['1', '0'], durationMs: 0 }
  }
  tracer.assigned([
    assignment('kept', `${context}-01`),
    assignment('failed', `${context}-01`),
    assignment('unkept', `${context}-00`),
    assignment('without', null),
    assignment('strange', 'no context'),
    assignment('taken back', `${context}-01`),
  ])
  tracer.dropped(['taken back'])
  const value = { kind: 'value', value: '1' } as const
  const failure = { kind: 'error', code: 'DIVISION_BY_ZERO', message: 'Division by zero.' } as const
  for (const ticket of ['kept', 'kept', 'unkept', 'without', 'strange', 'taken back', 'never seen'])
    tracer.finished({ ticket, outcome: value, elapsedMs: 30 })
  tracer.finished({ ticket: 'failed', outcome: failure, elapsedMs: 0 })
  expect(told).toMatchObject([
    { traceId: span.traceId, parentId: span.parentId, start: 970, end: 1_000, operation: '/' },
    { start: 1_000, error: 'DIVISION_BY_ZERO' },
  ])
  expect(told).toHaveLength(2)
})
