/** Fails where prisma/migrations, replayed from nothing, do not make what prisma/schema.prisma says; prints the SQL between. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { openSchemaEngine } from './schema-engine.ts'

const directory = fileURLToPath(new URL('../prisma/migrations', import.meta.url))
const schemaFile = fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url))
const schema = { path: schemaFile, content: readFileSync(schemaFile, 'utf8') }

const migrations = readdirSync(directory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()
  .map((name) => ({
    path: name,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok' as const, value: readFileSync(path.join(directory, name, 'migration.sql'), 'utf8') },
    },
  }))

const lockfile = 'migration_lock.toml'
const engine = await openSchemaEngine(schema)
try {
  const difference = await engine.diff({
    from: {
      tag: 'migrations',
      baseDir: directory,
      lockfile: { path: lockfile, content: readFileSync(path.join(directory, lockfile), 'utf8') },
      shadowDbInitScript: '',
      migrationDirectories: migrations,
    },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  if (difference.exitCode !== 0) {
    console.error(
      `prisma/migrations and prisma/schema.prisma differ. What the migrations lack:\n\n${difference.stdout ?? ''}`,
    )
    process.exitCode = 1
  }
} catch (error) {
  console.error(`prisma/migrations could not be replayed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
// PGlite keeps the process alive, and has no handle here to close.
process.exit()
