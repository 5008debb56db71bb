import { exitCodes } from './exit-code.ts'
import { runProgram } from './program.ts'
import { systemWorld } from './world.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads the output has had enough of it, as `head` has.
  if (error.code === 'EPIPE') process.exit(exitCodes.done)
  process.stderr.write(`reckon: the result cannot be written: ${error.message}\n`)
  process.exit(exitCodes.internal)
})
// There is nowhere left to say so.
process.stderr.on('error', () => {})

const world = systemWorld()
try {
  process.exitCode = await runProgram(process.argv.slice(2), world)
} catch (error) {
  const text = error instanceof Error ? (world.environment.isDebugging && error.stack) || error.message : String(error)
  process.stderr.write(`reckon: unforeseen: ${text}\n`)
  process.exitCode = exitCodes.internal
}
