/** Writes the contract, schema.graphql, and its errors, docs/errors.md, from the server's code; with `--check` fails where a file differs from it. */
import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { printSchema } from 'graphql'
import { schema } from '../server/src/schema/index.ts'
import { errorsPage } from './errors-page.ts'

const fileOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))

function printed(name: string, text: string): void {
  const file = fileOf(name)
  if (!process.argv.includes('--check')) return writeFileSync(file, text)
  const committed = readFileSync(file, 'utf8')
  if (committed === text) return
  const [was, is] = [committed.split('\n'), text.split('\n')]
  const line = is.findIndex((content, index) => content !== was[index])
  console.error(
    `${name} differs from the server's code, first at line ${line + 1}:\n` +
      `  file  ${was[line] ?? '(end)'}\n  code  ${is[line] ?? '(end)'}\nRun \`npm run schema\`.`,
  )
  process.exitCode = 1
}

printed(
  'schema.graphql',
  `# Printed from server/src/schema by \`npm run schema\`; do not edit.\n\n${printSchema(schema)}\n`,
)
printed('docs/errors.md', errorsPage())
