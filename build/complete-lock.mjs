// `npm run lock`: after `npm install`, puts back into package-lock.json the optional packages for other systems that
// the registry in use did not serve. npm omits them silently, and then `npm ci` rejects the lock file on every system.
import { readFileSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { missingFromLock } from './missing-from-lock.mjs'
import { readOptions } from './read-options.mjs'

readOptions(
  `Usage: npm run lock

Puts back into package-lock.json the optional packages for other systems that npm install has left out.`,
  {},
)

const file = path.join(import.meta.dirname, '..', 'package-lock.json')
const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const processors = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32']

const lock = JSON.parse(readFileSync(file, 'utf8'))
for (const { name, version, isForDevelopment } of missingFromLock(lock.packages)) {
  // The name of such a package says which system it is for, as in `binding-linux-arm64-musl`.
  const words = name.split('-')
  const cpu = processors.filter((word) => words.includes(word)).slice(0, 1)
  const os = systems.filter((word) => words.includes(word))
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : []
  lock.packages[`node_modules/${name}`] = {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(isForDevelopment && { dev: true }),
    ...(libc.length > 0 && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  }
  console.log(`added ${name} ${version}`)
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`)
