import { describe, expect, it } from 'vitest'
import { applicationMenu } from './application-menu.ts'

describe('the application menu', () => {
  it('exists on macOS only, where copying and pasting need it', () => {
    expect(applicationMenu('darwin')?.map(({ role }) => role)).toEqual(['appMenu', 'editMenu', 'windowMenu'])
    expect(applicationMenu('linux')).toBeNull()
    expect(applicationMenu('win32')).toBeNull()
  })
})
