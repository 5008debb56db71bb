/** Prisma's schema engine as WebAssembly on PGlite in memory: its native one is a download that an install need not make. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { PrismaPGlite } from 'pglite-prisma-adapter'

/**
 * The adapter's own `executeScript` does not wait for PGlite, so a migration with an error in it would end the process by
 * an unhandled rejection instead of failing the call.
 */
class InMemoryPostgres extends PrismaPGlite {
  constructor() {
    super(new PGlite())
  }

  override async connectToShadowDb() {
    const shadow = new PGlite()
    const connection = await new PrismaPGlite(shadow).connect()
    connection.executeScript = async (script) => {
      try {
        await shadow.exec(script)
      } catch (error) {
        // The engine tells only that something failed.
        console.error(error instanceof Error ? error.message : error)
        throw error
      }
    }
    return connection
  }
}

// The package's main module imports its .wasm file, which only bundlers can do.
async function instantiate(): Promise<void> {
  const directory = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = await readFile(directory.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...bindings } })
  const exports = instance.exports as WebAssembly.Exports & { __wbindgen_start(): void }
  const { __wbg_set_wasm } = bindings as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void }
  __wbg_set_wasm(exports)
  exports.__wbindgen_start()
}

/** An engine for one schema, with an empty database of its own and another for replaying migrations. */
export async function openSchemaEngine(schema: { path: string; content: string }): Promise<SchemaEngine> {
  await instantiate()
  return bindings.SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new InMemoryPostgres()),
  )
}
