import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import { afterAll, expect, it } from 'vitest'
import { leanLibraries } from './lean-libraries.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lean-libraries-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Asks a server whose status is below 100, and prints how undici failed and for how many milliseconds of the processor nothing else ran. */
const program = `
  import { createServer } from 'node:net'
  import { Agent } from 'undici'
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end('HTTP/1.1 099 X\\r\\nContent-Length: 2\\r\\n\\r\\n{}'))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const agent = new Agent()
  const spent = () => process.cpuUsage().user / 1000
  let last = spent()
  let longest = 0
  const beat = setInterval(() => {
    longest = Math.max(longest, spent() - last)
    last = spent()
  }, 5)
  const origin = 'http://127.0.0.1:' + server.address().port
  const ignore = () => undefined
  const handler = { onRequestStart: ignore, onResponseStart: ignore, onResponseData: ignore, onResponseEnd: ignore }
  const error = await new Promise((resolve) => {
    agent.dispatch({ origin, path: '/', method: 'GET' }, { ...handler, onResponseError: (_, error) => resolve(error) })
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  clearInterval(beat)
  server.close()
  await agent.destroy()
  console.log(JSON.stringify({ code: error.code, longest }))
`

it('an answer that undici did not expect does not stop the program', async () => {
  const project = path.join(import.meta.dirname, '..', '..')
  writeFileSync(path.join(folder, 'entry.mjs'), program)
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
  await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    plugins: [leanLibraries()],
    ssr: { noExternal: true },
    resolve: { alias: [{ find: /^undici\//, replacement: `${path.join(project, 'node_modules', 'undici')}/` }] },
    build: { ssr: path.join(folder, 'entry.mjs'), outDir: path.join(folder, 'out'), minify: true, target: 'node20.19' },
  })
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(folder, 'out', 'entry.js')])
  const { code, longest }: { code: string; longest: number } = JSON.parse(stdout)
  expect(code).toBe('ERR_ASSERTION')
  expect(longest).toBeLessThan(1000)
})
