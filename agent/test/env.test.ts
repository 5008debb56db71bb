import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Options, readOptions } from '../src/env.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'reckon-agent-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileWith(content: string): string {
  const file = path.join(folder, `token-${content.trim().length}`)
  writeFileSync(file, content)
  return file
}

function options(argv: string[], environment: Record<string, string> = { RECKON_AGENT_TOKEN: 'secret' }): Options {
  const outcome = readOptions(argv, environment)
  if (outcome.kind !== 'options') throw new Error(JSON.stringify(outcome))
  return outcome.options
}

function problem(argv: string[], environment: Record<string, string> = { RECKON_AGENT_TOKEN: 'secret' }): string {
  const outcome = readOptions(argv, environment)
  if (outcome.kind !== 'invalid') throw new Error(JSON.stringify(outcome))
  expect(outcome.problem).not.toContain('\n')
  return outcome.problem
}

describe('readOptions', () => {
  it('needs a token and nothing else', () => {
    expect(options([])).toEqual({
      server: 'ws://localhost:4000/graphql',
      token: 'secret',
      name: hostname(),
      slots: 4,
      stopTimeoutMs: 10_000,
      logLevel: 'info',
      tracing: null,
    })
    expect(problem([], {})).toMatch(/RECKON_AGENT_TOKEN.*--token-file/)
    expect(problem([], { RECKON_AGENT_TOKEN: '' })).toMatch(/RECKON_AGENT_TOKEN/)
  })

  it('prefers an option to its variable', () => {
    const environment = { RECKON_AGENT_TOKEN: 'secret', RECKON_AGENT_NAME: 'variable', RECKON_AGENT_SLOTS: '7' }
    expect(options([], environment)).toMatchObject({ name: 'variable', slots: 7 })
    expect(options(['--name', 'option', '--slots=8'], environment)).toMatchObject({ name: 'option', slots: 8 })
    expect(options(['--slots=8'], { ...environment, RECKON_AGENT_SLOTS: 'many' })).toMatchObject({ slots: 8 })
  })

  it.each([
    ['ws://host:4000/graphql', 'ws://host:4000/graphql'],
    ['ws://host:4000', 'ws://host:4000/graphql'],
    ['http://host:4000/', 'ws://host:4000/graphql'],
    ['https://reckon.example', 'wss://reckon.example/graphql'],
    ['https://example.com/reckon/graphql', 'wss://example.com/reckon/graphql'],
    ['ws://[::1]:4000', 'ws://[::1]:4000/graphql'],
  ])('reads the server %s as %s', (given, server) => {
    expect(options(['--server', given]).server).toBe(server)
  })

  it.each([
    [['--server', 'localhost:4000'], /^--server must be an address such as/],
    [['--server', 'ftp://host'], /^--server must be/],
    [['--server', 'ws://user:password@host'], /^--server must be/],
    [['--slots', '0'], /^--slots must be a whole number from 1 to 1024$/],
    [['--slots', '1025'], /^--slots must be/],
    [['--slots', '1.5'], /^--slots must be/],
    [['--slots', ''], /^--slots must be/],
    [['--name', ' '], /^--name must have 1 to 100 characters$/],
    [['--stop-timeout', 'soon'], /^--stop-timeout must be a whole number of seconds/],
    [['--log-level', 'loud'], /^--log-level must be one of fatal, error/],
    [['--nonsense'], /Unknown option '--nonsense'; --help/],
    [['--slots'], /--slots <value>' argument missing; --help/],
    [['stray'], /stray.*--help/],
    [['--slots', '0', '--name', ''], /--name.*; --slots/],
  ])('explains what is wrong with %j', (argv, expected) => {
    expect(problem(argv)).toMatch(expected)
  })

  it('names the variable where the value came from it', () => {
    expect(problem([], { RECKON_AGENT_TOKEN: 'secret', RECKON_AGENT_SLOTS: '-1' })).toMatch(/^RECKON_AGENT_SLOTS must/)
  })

  it('takes the token from a file, without the line end', () => {
    const file = fileWith('from-file\n')
    expect(options([], { RECKON_AGENT_TOKEN_FILE: file }).token).toBe('from-file')
    expect(options(['--token-file', file]).token).toBe('from-file')
    expect(options(['--token', 'given'], { RECKON_AGENT_TOKEN_FILE: file }).token).toBe('given')
    expect(problem(['--token', 'given', '--token-file', file])).toMatch(/not both/)
    expect(problem(['--token-file', path.join(folder, 'none')])).toMatch(/cannot be read \(ENOENT\)/)
    expect(problem(['--token-file', fileWith(' \n')])).toMatch(/is empty/)
  })

  it('shows help and version also where other options are wrong', () => {
    expect(readOptions(['--help', '--slots', '0'], {})).toEqual({ kind: 'help' })
    expect(readOptions(['--version'], {})).toEqual({ kind: 'version' })
  })
})

describe('a collector of traces', () => {
  const tracing = (variables: Record<string, string>) =>
    options([], { RECKON_AGENT_TOKEN: 'secret', ...variables }).tracing

  it('is told what the variables of OpenTelemetry say', () => {
    const told = tracing({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20secret, other = 1',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=mine,host.name=here',
      RECKON_AGENT_NAME: 'ada',
    })
    expect(told).toMatchObject({
      url: 'http://localhost:4318/v1/traces',
      headers: { 'api-key': 'a secret', other: '1' },
      timeoutMs: 10_000,
      resource: { 'service.name': 'mine', 'service.instance.id': 'ada', 'host.name': 'here' },
    })
    const own = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/here', OTEL_EXPORTER_OTLP_TIMEOUT: '50' }
    expect(tracing(own)).toMatchObject({ url: 'https://collector/here', timeoutMs: 50 })
  })

  it('is none where they say so, and a mistake is told in a line', () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }
    for (const off of [
      { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
      { ...endpoint, OTEL_SDK_DISABLED: 'true' },
      { ...endpoint, OTEL_TRACES_EXPORTER: 'none' },
    ])
      expect(tracing(off)).toBeNull()
    const wrong = { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318', OTEL_EXPORTER_OTLP_TIMEOUT: '1s' }
    const told = problem([], { RECKON_AGENT_TOKEN: 'secret', ...wrong })
    expect(told).toMatch(/OTEL_EXPORTER_OTLP_ENDPOINT must be an http.*; OTEL_EXPORTER_OTLP_TIMEOUT must be/)
  })
})
