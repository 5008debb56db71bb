/// <reference types="node" />
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { startCommands } from '../src/features/agents/start-commands.ts'

const start = { server: 'https://reckon.example:8443', secret: 'rka_secret', name: 'shed-1', slots: 16 }

/** What a shell makes of a command line: its words. */
const words = (line: string) =>
  execFileSync('sh', ['-c', `node() { printf '%s\\n' "$@"; }\n${line}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n')

describe('the lines that start an agent', () => {
  it('fetch it from the server of the page, and bring it back there', () => {
    expect(startCommands('sh', start).split('\n')).toEqual([
      'curl -fO https://reckon.example:8443/reckon-agent.mjs',
      'RECKON_AGENT_TOKEN=rka_secret node reckon-agent.mjs --server=wss://reckon.example:8443/graphql --slots=16 --name=shed-1',
    ])
    expect(startCommands('powershell', { ...start, server: 'http://reckon.example' }).split('\n')).toEqual([
      'Invoke-WebRequest http://reckon.example/reckon-agent.mjs -OutFile reckon-agent.mjs -UseBasicParsing',
      "$env:RECKON_AGENT_TOKEN = 'rka_secret'; node reckon-agent.mjs --server=ws://reckon.example/graphql --slots=16 --name=shed-1",
    ])
  })

  it.each(["Ada's shed", '$(rm -rf ~)', '-x', 'a; b', '"`\\'])('keep the name %j as one word of a shell', (name) => {
    const [, line = ''] = startCommands('sh', { ...start, name }).split('\n')
    expect(words(line).at(-1)).toBe(`--name=${name}`)
  })

  it('leave the name to the machine where none is given', () => {
    expect(startCommands('sh', { ...start, name: '' })).not.toContain('--name')
  })
})
