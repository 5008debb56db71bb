/** Writes schema.graphql, the contract, from the server's code; with `--check` fails where the file differs from it. */
import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { printSchema } from 'graphql'
import { schema } from '../server/src/schema/index.ts'

const file = fileURLToPath(new URL('../schema.graphql', import.meta.url))
const printed = `# Printed from server/src/schema by \`npm run schema\`; do not edit.\n\n${printSchema(schema)}\n`

if (!process.argv.includes('--check')) {
  writeFileSync(file, printed)
} else {
  const committed = readFileSync(file, 'utf8')
  if (committed !== printed) {
    const [was, is] = [committed.split('\n'), printed.split('\n')]
    const line = is.findIndex((text, index) => text !== was[index])
    console.error(
      `schema.graphql differs from the server's code, first at line ${line + 1}:\n` +
        `  file  ${was[line] ?? '(end)'}\n  code  ${is[line] ?? '(end)'}\nRun \`npm run schema\`.`,
    )
    process.exitCode = 1
  }
}
