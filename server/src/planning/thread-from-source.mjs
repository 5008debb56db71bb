// Node gives the loader that reads TypeScript to the main thread alone; another has to ask for it itself.
import { register } from 'tsx/esm/api'

register()
await import('./thread.ts')
