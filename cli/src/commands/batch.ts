import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'
import { onInterrupt } from '../interrupts.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { Batch } from '../batch/batch.ts'
import { batchLimits, cancelBatch } from '../batch/documents.ts'
import { readLine, type BadLine, type Entry } from '../batch/entry.ts'
import { linesOf } from '../batch/lines.ts'
import { BatchProgress } from '../batch/progress.ts'
import { BatchWriter } from '../batch/writer.ts'
import { defineCommand } from './command.ts'
import type { Context } from './context.ts'
import { askedDigits, digitsProblem, numberForm } from './number-options.ts'
import { watchingOptions } from './watching.ts'

const defaultInFlight = 2_000
const idsInOneRequest = 100
/** So long a request that is under way is waited for, so that what it brings is cancelled too. */
const settleMs = 2_000

export const batch = defineCommand({
  name: 'batch',
  summary: 'compute the expressions of files, or - for standard input, a line each',
  usage: ['batch [options] FILE…', '-'],
  details: [
    'A line is an expression, or JSON: {"source": "2+2*2", "key": "whatever"}. For each a line of JSON',
    'is written, in order unless told otherwise. Run again on the same files it goes on where it ended,',
    'and nothing is computed twice: what a line is submitted by is made of its file, its number and',
    'what it says. Standard input has no name: give it one with --name, to have the same.',
    'Exit codes: 0 where all is done, else 1 where any failed, 3 where any was refused, 4 where any',
    'was cancelled or deleted.',
  ],
  options: {
    unordered: { type: 'boolean', description: 'write each as it is done' },
    'in-flight': {
      type: 'string',
      value: 'N',
      description: `at most so many at a time; ${defaultInFlight} unless told`,
    },
    name: { type: 'string', value: 'NAME', description: 'of the batch, in the place of the names of its files' },
    digits: { type: 'string', value: 'N', description: 'decimals of N significant digits, 1 to 1000; 34 unless told' },
    ...watchingOptions,
  },
  words: [1, Infinity],
  async run(context, { words: files, values }) {
    const form = numberForm(values)
    if (form === null) return context.misuse(digitsProblem)
    const inFlight = values['in-flight'] ?? String(defaultInFlight)
    if (!/^[1-9]\d{0,5}$/.test(inFlight)) return context.misuse('--in-flight must be a whole number from 1 to 999999')
    const missing = files.find((file) => file !== '-' && !existsSync(file))
    if (missing !== undefined) return context.misuse(`there is no file ${missing}`)
    const answer = await context.api.ask(batchLimits, {})
    if (answer.kind !== 'data') return context.refuse(answer)
    if (!answer.data.viewer) return context.refuse({ code: 'UNAUTHENTICATED', message: 'Nobody is signed in.' })
    const { maxSourceLength } = answer.data.serverInfo.limits

    const writer = new BatchWriter(context.world.output, !values.unordered)
    const options = { digits: askedDigits(form), inFlight: Number(inFlight), isOneFile: files.length === 1 }
    const running = new Batch(context, writer, options)
    const progress = new BatchProgress(context, running, writer)
    let isInterrupted = false
    const stopListening = onInterrupt(() => {
      isInterrupted = true
      running.stop({ kind: 'written' })
    })
    const end = await running.run(entriesOf(context, files, values.name, maxSourceLength))
    stopListening()
    progress.end()
    // Whoever writes it may wait for answers that do not come any more.
    context.world.input.destroy()
    context.close()
    if (isInterrupted) return leave(context, running, values['cancel-on-interrupt'] ?? false)
    return end.kind === 'written' ? codeOf(writer) : context.refuse(end)
  },
})

async function* entriesOf(
  { world }: Context,
  files: readonly string[],
  name: string | undefined,
  maxSourceLength: number,
): AsyncGenerator<Entry | BadLine> {
  for (const file of files) {
    const isNamed = name !== undefined || file !== '-'
    const origin = { file, name: isNamed ? (name ?? path.resolve(file)) : world.ids.next(), maxSourceLength }
    let line = 0
    for await (const text of linesOf(file === '-' ? world.input : createReadStream(file))) {
      line += 1
      const read = readLine(text, line, origin)
      if (read) yield read
    }
  }
}

async function leave(context: Context, running: Batch, isToCancel: boolean): Promise<ExitCode> {
  if (isToCancel) await running.settle(settleMs)
  const ids = running.unfinished
  if (!isToCancel) {
    context.api.close()
    context.complain(`${ids.length} that were submitted go on. The same command on the same files goes on from here.`)
    return exitCodes.interrupted
  }
  for (let from = 0; from < ids.length; from += idsInOneRequest) {
    const answer = await context.api.ask(cancelBatch, { ids: ids.slice(from, from + idsInOneRequest) })
    if (answer.kind !== 'data') return context.refuse(answer)
  }
  context.api.close()
  context.complain(`${ids.length} were cancelled.`)
  return exitCodes.cancelled
}

function codeOf({ counts }: BatchWriter): ExitCode {
  if (counts.get('FAILED')) return exitCodes.failed
  if (counts.get('REFUSED')) return exitCodes.refused
  return counts.get('CANCELLED') || counts.get('DELETED') ? exitCodes.cancelled : exitCodes.done
}
