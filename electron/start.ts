import { homedir } from 'node:os'
import { codeCache } from '../engine/storage/code-cache.ts'

// What Electron starts. The cache has to be there before the code that it is for is loaded; Electron waits with `ready`
// until this module has ended (electronjs.org/docs/latest/tutorial/esm).

codeCache(process.platform, process.env, homedir())
await import('./main.ts')
