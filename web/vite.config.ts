import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressedFiles } from './build/compressed-files.ts'
import { earlyScript } from './build/early-script.ts'
import { graphcacheSchema } from './build/graphcache-schema.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), graphcacheSchema(), earlyScript(), compressedFiles()],
  // Files are named from where the index stands: the server puts BASE_PATH before them.
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The page's content security policy allows no data: URLs.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '/graphql': { target: 'http://localhost:4000', ws: true },
      '/reckon-agent.mjs': 'http://localhost:4000',
      '/reckon.mjs': 'http://localhost:4000',
    },
  },
})
