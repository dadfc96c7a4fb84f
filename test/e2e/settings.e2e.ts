import { readFileSync } from 'node:fs'
import { expect } from 'playwright/test'
import { needs, test } from './fixtures.ts'

// Settings in a real browser under the product's own content security policy, by keyboard where that is the question.

needs('browser')

test('settings apply at once, are saved as a file, reset, brought back and taken over', async ({
  page,
  notifierOf,
}) => {
  const notifier = await notifierOf()
  await page.emulateMedia({ colorScheme: 'light' })
  // A second key and an undo have some seconds, and a busy machine may take longer.
  await page.clock.setFixedTime(Date.now())
  await page.goto(notifier.url)
  await page.getByRole('button', { name: 'Settings' }).press('g')
  await page.keyboard.press('s')
  const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const light = await ground()
  await page.getByLabel('Theme').selectOption('dark')
  await expect.poll(ground).not.toBe(light)

  await page.getByRole('button', { name: 'Add quiet hours' }).click()
  const from = page.getByLabel('From', { exact: true })
  await from.focus()
  await page.keyboard.type('0915PM')
  await expect(from).toBeFocused()
  await expect(from).toHaveValue('21:15')
  await page.getByRole('checkbox', { name: 'Sunday' }).press('Space')
  await expect(page.getByRole('checkbox', { name: 'Sunday' })).not.toBeChecked()

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export…' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('discourse-notifier-settings.json')
  const file = await download.path()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    preferences: {
      appearance: { theme: 'dark' },
      quiet: { hours: [{ days: [1, 2, 3, 4, 5, 6], from: '21:15', to: '07:00' }] },
    },
  })

  const reset = async () => {
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('button', { name: 'Reset all settings' }).click()
    await expect.poll(ground).toBe(light)
    await expect(from).toHaveCount(0)
  }
  await reset()
  // It is offered once the notifier has said that it is done, which is after it is seen.
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await page.keyboard.press('Control+z')
  await expect.poll(ground).not.toBe(light)
  await expect(from).toHaveValue('21:15')
  await page.getByText('Undone.').waitFor()
  await reset()
  await page.getByLabel('Import…').setInputFiles(file)
  await page.getByText('Settings imported.').waitFor()
  await expect.poll(ground).not.toBe(light)
  await expect(from).toHaveValue('21:15')
})
