import { bashCompletion } from '../completion/bash.ts'
import { completionsOf } from '../completion/describe.ts'
import { fishCompletion } from '../completion/fish.ts'
import { zshCompletion } from '../completion/zsh.ts'
import { exitCodes } from '../exit-code.ts'
import { defineCommand, type Command } from './command.ts'

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const
const isShell = (name: string): name is keyof typeof shells => Object.hasOwn(shells, name)

/** @param table all commands, this one too */
export const completionOf = (table: () => readonly Command[]): Command =>
  defineCommand({
    name: 'completion',
    summary: 'print what makes a shell complete commands and options',
    usage: ['completion bash|zsh|fish'],
    details: ['For now: eval "$(reckon completion bash)"   For ever: put that line into ~/.bashrc'],
    options: {},
    subcommands: Object.keys(shells),
    words: [1, 1],
    async run(context, { words: [shell = ''] }) {
      if (!isShell(shell)) return context.misuse(`completion is for ${Object.keys(shells).join(', ')}`)
      context.world.output.write(shells[shell](table().map(completionsOf)))
      return exitCodes.done
    },
  })
