import { spawnSync } from 'node:child_process'
import { onPath, systemParts } from './system-parts.mjs'

const missingParts = () => systemParts().filter(({ present, isOnDemand = false }) => !present && !isOnDemand)

/**
 * Installs what the tests need from the system when it can, which is as root where there is apt-get; otherwise names
 * what is missing. Tests that need a missing part are skipped, each with this reason.
 */
export const provideSystemPackages = () => {
  if (process.platform !== 'linux') return
  const missing = missingParts()
  if (missing.length === 0) return
  const packages = [...new Set(missing.flatMap((part) => part.packages))]
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log(`Installing what the tests need: apt-get install ${packages.join(' ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    /** @type {import('node:child_process').StdioOptions} */
    const quiet = ['ignore', 'ignore', 'inherit']
    spawnSync('apt-get', ['update', '-qq'], { stdio: quiet, env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: quiet, env })
  }
  for (const { what, packages: names } of missingParts()) {
    console.log(`Missing: ${what} (Debian: ${names.join(' ')}). The tests that need it are skipped.`)
  }
}
