import { homedir } from 'node:os'
import { codeCache } from '../engine/storage/code-cache.ts'
import { readCommandLine } from './command-line.ts'
import { displayIsThere } from './system/display-is-there.ts'

// What Electron starts. The cache has to be there before the code that it is for is loaded; Electron waits with `ready`
// until this module has ended (electronjs.org/docs/latest/tutorial/esm).

/** Whether this start can show anything, or needs to show nothing. */
const canShow = async (): Promise<boolean> => {
  const commandLine = readCommandLine(process.argv.slice(1))
  if (process.platform !== 'linux' || commandLine?.prints !== undefined) return true
  return await displayIsThere(process.env, commandLine?.isHidden === true)
}

if (await canShow()) {
  codeCache(process.platform, process.env, homedir())
  await import('./main.ts')
} else {
  const [{ failureSentence }, { createLanguage }] = await Promise.all([
    import('../common/i18n/i18n.ts'),
    import('../engine/preferences/language.ts'),
  ])
  const language = createLanguage(() => [new Intl.DateTimeFormat().resolvedOptions().locale])
  await language.follow('system')
  process.stderr.write(`${failureSentence(language.t, { code: 'display_missing' })}\n`)
  // Before `ready` there is nothing of Electron's to end, and it would not get there.
  process.exit(1)
}
