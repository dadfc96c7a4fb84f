// `npm run security`: runs electronegativity on the code that runs in Electron. It has 405 packages of its own and no
// release since 2024, so it is not a dependency: npx fetches the pinned version. Fails on findings that are certain and
// of high or medium severity.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { readOptions } from './read-options.mjs'

readOptions(
  `Usage: npm run security

Runs electronegativity, fetched by npx, over what runs in Electron. Fails on findings that it is
certain of and calls high or medium.`,
  {},
)

const tool = '@doyensec/electronegativity@1.10.3'
const root = path.join(import.meta.dirname, '..')
const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

// It scans everything in its input folder, so it gets a copy of what is shipped: our sources and the built page.
const folder = mkdtempSync(path.join(tmpdir(), 'security-'))
const report = path.join(folder, 'report.csv')
const input = path.join(folder, 'program')
for (const part of ['common', 'engine', 'electron'])
  cpSync(path.join(root, part), path.join(input, part), {
    recursive: true,
    filter: (file) => !/\.test\.ts$|[\\/]testing$/.test(file),
  })
cpSync(path.join(root, 'dist', 'renderer', 'index.html'), path.join(input, 'index.html'))

const args = ['--yes', '--ignore-scripts', tool, '-i', input, '-e', devDependencies.electron, '-o', report]
spawnSync('npx', args, { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
const rows = existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n').slice(1) : undefined
rmSync(folder, { recursive: true })

if (rows === undefined) {
  console.error('electronegativity gave no report: it could not be fetched, or it failed.')
  process.exit(1)
}
const certain = rows.filter((row) => /^\w+,"(HIGH|MEDIUM)","CERTAIN"/.test(row))
for (const row of rows) console.log(row.replaceAll(`${input}${path.sep}`, ''))
console.log(`${rows.length} findings, ${certain.length} of them certain and high or medium.`)
process.exit(certain.length === 0 ? 0 : 1)
