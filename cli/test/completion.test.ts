import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../src/commands/table.ts'
import { commonOptions } from '../src/commands/command.ts'
import { hasCommand, runReckon, temporaryFolder } from './support/reckon.ts'

async function script(shell: string): Promise<string> {
  const { code, stdout } = await runReckon(['completion', shell], {})
  expect(code).toBe(0)
  const file = path.join(temporaryFolder(), `completion.${shell}`)
  writeFileSync(file, stdout)
  return file
}

/** What bash offers after these words. */
function offered(file: string, ...words: string[]): string[] {
  const list = words.map((word) => `'${word}'`).join(' ')
  const text = `. ${file}; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _reckon; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['--norc', '-c', text], { encoding: 'utf8' }).trim().split('\n')
}

test('bash completes commands, their options and what options take', async () => {
  const file = await script('bash')
  expect(offered(file, 'reckon', '')).toEqual([...commands.map(({ name }) => name), '--help', '--version'])
  expect(offered(file, 'reckon', 'wa')).toEqual(['watch'])
  for (const { name, options } of commands)
    expect(offered(file, 'reckon', name, '--').sort()).toEqual(
      Object.keys({ ...options, ...commonOptions })
        .map((option) => `--${option}`)
        .sort(),
    )
  expect(offered(file, 'reckon', 'agents', 'd')).toEqual(['drain'])
  expect(offered(file, 'reckon', 'list', '--status', 'q')).toEqual(['queued'])
  expect(offered(file, 'reckon', '1+1', '--dig')).toEqual(['--digits'])
})

test.skipIf(!hasCommand('zsh'))('zsh takes its completion', async () => {
  execFileSync('zsh', ['-n', await script('zsh')])
  const loads = `autoload -Uz compinit; compinit -D; . ${await script('zsh')}; print $_comps[reckon]`
  expect(execFileSync('zsh', ['-f', '-c', loads], { encoding: 'utf8' })).toBe('_reckon\n')
})

test.skipIf(!hasCommand('fish'))('fish completes commands and options', async () => {
  const file = await script('fish')
  const ask = (line: string) =>
    execFileSync('fish', ['--no-config', '-c', `source ${file}; complete -C '${line}'`], { encoding: 'utf8' })
  expect(ask('reckon wa')).toMatch(/^watch\t/)
  expect(ask('reckon list --sta')).toMatch(/^--status\t/)
})

test('a shell that is not known is refused', async () => {
  expect((await runReckon(['completion', 'tcsh'], {})).code).toBe(2)
})
