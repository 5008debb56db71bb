import process from 'node:process'
import { defineConfig } from 'prisma/config'

// `prisma generate`, `validate` and `format` look for a schema engine that they never run, and would download one.
// Any file that exists satisfies them. Migrations are applied by server/src/store/migrate, not by this command.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma' })
