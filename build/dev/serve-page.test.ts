import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { imagePath, openAttemptPath, openSignedInPath, pagePaths } from '../../common/contract/bridge.ts'
import { servePage } from './serve-page.mjs'

let shell: Server
beforeEach(async () => {
  shell = createServer(({ url, headers }, response) => response.end(`shell ${url} for ${headers.origin}`))
  await new Promise<void>((resolve) => shell.listen(0, '127.0.0.1', resolve))
})
afterEach(() => shell.close())

it('the development page reaches every path of its shell, with the shell’s own origin', async () => {
  const bound = shell.address()
  const origin = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`
  const { url, close } = await servePage(new URL(`${origin}/#token=secret`), 0)
  try {
    expect(url).toMatch(/#token=secret$/)
    const paths = [...Object.values(pagePaths), openAttemptPath('a'), openSignedInPath('b'), imagePath('c')]
    for (const path of paths) {
      const answer = await fetch(new URL(path, url))
      expect(await answer.text()).toBe(`shell ${path} for ${origin}`)
    }
    expect(await (await fetch(url)).text()).toContain('<div id="root">')
  } finally {
    await close()
  }
})
