import { describe, expect, it } from 'vitest'
import { sampleAccount, sampleSnapshot } from '../testing/sample-snapshot.ts'
import { createOpenLink } from './open-link.ts'

const setUp = () => {
  const opened: string[] = []
  const openedPrivately: string[] = []
  const urls: Readonly<Record<string, string>> = {
    cafe: 'https://meta.example/session/otp/0123456789abcdef0123456789abcdef',
    beef: 'https://elsewhere.example/session/otp/0123456789abcdef0123456789abcdef',
  }
  const asked: string[] = []
  const openLink = createOpenLink({
    engine: {
      snapshot: () => sampleSnapshot({ accounts: [sampleAccount()] }),
      authorizeUrl: () => undefined,
      signedInUrl: async (link) => {
        asked.push(link)
        return urls[link]
      },
    },
    openExternal: (url) => opened.push(url),
    openPrivately: (url) => openedPrivately.push(url),
  })
  return { openLink, opened, openedPrivately, asked, url: urls['cafe'] }
}

describe('a link that opens a forum logged in', () => {
  it('opens where the engine says, unseen by other users of the computer', async () => {
    const { openLink, opened, openedPrivately, url } = setUp()
    openLink('app://notifier/open-signed-in/cafe')
    await expect.poll(() => openedPrivately).toEqual([url])
    expect(opened).toEqual([])
  })

  it('opens nothing else, even if the engine says so', async () => {
    const { openLink, openedPrivately, asked, url } = setUp()
    for (const link of ['beef', 'dead', 'cafe']) openLink(`app://notifier/open-signed-in/${link}`)
    await expect.poll(() => openedPrivately).toEqual([url])
    expect(asked).toEqual(['beef', 'dead', 'cafe'])
  })

  it.each([
    'https://meta.example.evil.example/open-signed-in/cafe',
    'app://other/open-signed-in/cafe',
    'app://notifier/open-signed-in/cafe?x=1',
    'app://notifier/open-signed-in/cafe#x',
    'app://notifier/open-signed-in/ca%66e',
    `app://notifier/open-signed-in/${'c'.repeat(65)}`,
  ])('is not asked about for %s', (link) => {
    const { openLink, opened, openedPrivately, asked } = setUp()
    openLink(link)
    expect([opened, openedPrivately, asked]).toEqual([[], [], []])
  })

  it('leaves other links as they are', () => {
    const { openLink, opened } = setUp()
    openLink('https://meta.example/u/eve')
    openLink('https://evil.example/')
    expect(opened).toEqual(['https://meta.example/u/eve'])
  })
})
