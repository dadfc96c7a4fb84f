// What an Electron without an application of its own runs, for the Electron of the tests, which lacks Electron's default
// app: `electron [-r module] [switches] <file or folder>` and `electron --version`.
import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const require = createRequire(import.meta.url)
/** @type {string[]} */
const modules = []
const words = process.argv.slice(1)
let target = '.'
for (let at = 0; at < words.length; at += 1) {
  const word = words[at] ?? ''
  if (word === '--version') {
    console.log(`v${process.versions['electron']}`)
    process.exit(0)
  }
  if (word === '-r') {
    at += 1
    modules.push(words[at] ?? '')
  } else if (!word.startsWith('-')) {
    target = word
    break
  }
}
// Programs ask this to know that they are not packaged.
Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true })
for (const module of modules) require(path.resolve(module))

const given = path.resolve(target)
let entry = given
if (statSync(given).isDirectory()) {
  const { main, name, productName } = JSON.parse(readFileSync(path.join(given, 'package.json'), 'utf8'))
  app.setName(productName ?? name)
  entry = path.join(given, main)
}
await import(pathToFileURL(entry).href)
