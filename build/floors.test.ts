import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'

// A violation of the layers in ARCHITECTURE.md is a lint error. One forbidden import of each kind is planted in a copy
// of the folder tree, and the linter, with the project's configuration, has to report exactly those.

const repository = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)

/** The source of each planted file, and the rule that has to report it; null for none. */
const planted: readonly (readonly [file: string, source: string, rule: string | null])[] = [
  // Between the layers
  ['common/glance/planted.ts', "import '../../engine/planted.ts'", 'noRestrictedImports'],
  ['common/glance/node.ts', "import 'node:fs'", 'noRestrictedImports'],
  ['engine/accounts/shell.ts', "import '../../electron/main.ts'", 'noRestrictedImports'],
  ['engine/linux/electron.ts', "import 'electron'", 'noRestrictedImports'],
  ['renderer/app/planted.ts', "import '../../engine/planted.ts'", 'noRestrictedImports'],
  ['headless/planted.ts', "import '../electron/main.ts'", 'noRestrictedImports'],
  ['electron/tray/planted.ts', "import '../../renderer/main.tsx'", 'noRestrictedImports'],
  ['headless/allowed.ts', "import '../engine/engine.ts'", null],
  ['electron/allowed.ts', "import '../engine/engine.ts'", null],
  // Between the layers inside the engine
  ...['ports', 'discourse', 'network', 'storage', 'storage/keychain', 'control', 'parsing'].flatMap((room) =>
    ['accounts', 'sync', 'alerts'].map((above): readonly [string, string, string] => {
      const up = '../'.repeat(room.split('/').length)
      return [`engine/${room}/${above}.ts`, `import '${up}${above}/planted.ts'`, 'noRestrictedImports']
    }),
  ),
  ['engine/storage/model.ts', "import '../model.ts'", 'noRestrictedImports'],
  ['engine/network/wire.ts', "import '../discourse/http.ts'", 'noRestrictedImports'],
  ['engine/storage/wire.ts', "import '../discourse/http.ts'", 'noRestrictedImports'],
  ['engine/control/wire.ts', "import '../discourse/http.ts'", 'noRestrictedImports'],
  ['engine/discourse/allowed.ts', "import '../network/trust.ts'", null],
  ['engine/storage/allowed.ts', "import '../../common/preferences/preferences.ts'", null],
  ['engine/accounts/allowed.ts', "import '../sync/sync.ts'", null],
  ...['accounts', 'alerts', 'control', 'sync', 'linux', 'page'].map((room): readonly [string, string, string] => [
    `engine/${room}/engine.ts`,
    "import '../engine.ts'",
    'noRestrictedImports',
  ]),
  // Type imports count as well: a file that needs another's types cannot be understood without it.
  ['engine/sync/cycle-a.ts', "import type { B } from './cycle-b.ts'\nexport type A = B | 1", 'noImportCycles'],
  ['engine/sync/cycle-b.ts', "import type { A } from './cycle-a.ts'\nexport type B = A | 2", 'noImportCycles'],
  ['test/forum/cycle-a.ts', "import type { B } from './cycle-b.ts'\nexport type A = B | 1", 'noImportCycles'],
  ['test/forum/cycle-b.ts', "import type { A } from './cycle-a.ts'\nexport type B = A | 2", 'noImportCycles'],
  // Raw IPC
  ['electron/system/main.ts', "import { ipcMain } from 'electron'\nipcMain.emit('x')", 'noRestrictedImports'],
  ['electron/system/page.ts', "import { ipcRenderer } from 'electron'\nipcRenderer.send('x')", 'noRestrictedImports'],
  ['electron/window/preload.ts', "import { ipcRenderer } from 'electron'\nipcRenderer.send('x')", null],
]

const reportSchema = v.object({
  diagnostics: v.array(v.object({ category: v.string(), location: v.object({ path: v.unknown() }) })),
})

/** The rules reported for each file, by its path. */
const lint = async (folder: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const biome = path.join(repository, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
  // The linter exits with 1 when it finds something, which is expected here.
  const { stdout } = await run(process.execPath, args, { cwd: folder }).catch(
    (error: { readonly stdout: string }) => error,
  )
  const { diagnostics } = v.parse(reportSchema, JSON.parse(stdout))
  const found = new Map<string, string[]>()
  for (const { category, location } of diagnostics) {
    const file = planted.find(([name]) => JSON.stringify(location.path).includes(name))?.[0] ?? '?'
    found.set(file, [...(found.get(file) ?? []), category.split('/').at(-1) ?? ''])
  }
  return found
}

describe('the layers', () => {
  it('reject a forbidden import of each kind, and no other', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'notifier-floors-'))
    try {
      for (const file of ['biome.json', 'package.json', '.gitignore', '.editorconfig'])
        copyFileSync(path.join(repository, file), path.join(folder, file))
      for (const [file, source] of planted) {
        mkdirSync(path.join(folder, path.dirname(file)), { recursive: true })
        writeFileSync(path.join(folder, file), `${source}\n`)
      }
      const found = await lint(folder)
      const refused = planted.flatMap(([file, , rule]) => (rule === null ? [] : [[file, [rule]]]))
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(refused))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
