import type { RunCommand } from '../command-line/command-spec.ts'
import { manPage } from '../command-line/man-page.ts'
import { appVersion } from '../version.ts'

/** Prints the manual page. */
export const man: RunCommand = async () => {
  process.stdout.write(manPage(appVersion))
  return 0
}
