import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'playwright/test'
import { removeHome } from '../rig/remove-home.ts'
import { needs, test } from './fixtures.ts'
import { accountItems, approveAndCopyCode, beginInPage, logInToAuthorize } from './forum-visit.ts'
import { followInBrowser } from './notifier.ts'

const demo = fileURLToPath(new URL('../../dist/dev/demo.js', import.meta.url))

needs('browser')

test('the demo shows changing numbers, lets a visitor add a forum, and leaves nothing behind', async ({
  page,
  atEnd,
}) => {
  const temporary = mkdtempSync(path.join(tmpdir(), 'notifier-e2e-demo-'))
  atEnd(() => removeHome(temporary))
  const demoProcess = spawn('node', [demo, '--no-open'], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => demoProcess.once('exit', resolve))
  try {
    const forums: string[] = []
    const lines: string[] = []
    const url = await new Promise<string>((resolve) => {
      createInterface({ input: demoProcess.stdout }).on('line', (line) => {
        lines.push(line)
        forums.push(...(/^ {2}.+ (http:\S+)$/.exec(line)?.slice(1) ?? []))
        const url = /^Open this: (\S+)$/.exec(line)?.[1]
        if (url !== undefined) resolve(url)
      })
    })
    expect(forums).toHaveLength(3)
    await page.goto(url)
    const accounts = accountItems(page)
    await expect(accounts).toHaveCount(1)
    const status = page.getByRole('banner').getByRole('paragraph')
    const first = await status.textContent()
    await expect(status).not.toHaveText(first ?? '')

    const tab = await beginInPage({ follow: followInBrowser }, page, forums[2] ?? '', 'Old Bicycles')
    await logInToAuthorize(tab)
    await page.getByLabel('Code from the forum').fill(await approveAndCopyCode(tab))
    await page.getByRole('button', { name: 'Connect' }).click()
    await expect(page.getByText('Connected to Old Bicycles as eve.')).toBeVisible()
    await page.getByRole('button', { name: 'Done' }).click()
    await expect(accounts).toHaveCount(2)
    // Things have happened meanwhile, and what the visitor has to read still stands at the end.
    expect(lines.at(-1)).toBe(`Open this: ${url}`)
  } finally {
    demoProcess.kill('SIGINT')
  }
  expect(await ended).toBe(0)
  expect(readdirSync(temporary).filter((name) => name.startsWith('discourse-notifier-demo-'))).toEqual([])
})
