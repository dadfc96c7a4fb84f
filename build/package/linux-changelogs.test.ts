import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { linuxChangelogs } from './linux-changelogs.mjs'

const date = new Date('2026-11-26T04:05:06Z')
const about = { version: '0.2.0', date, name: 'notifier', maintainer: 'Eve <eve@example.org>' }

const markdown = `# Changelog

Newest first.

## Unreleased

- A thing of \`code\` with a [link](https://example.org), as long as it takes until a line of eighty columns is
  full and then some more.
- 100 % of it, in *every* way but \`a*b*c\`.

## 0.1.0 (25 November 2026, not published)

### Forums

- The first.
`

describe('the changelogs of packages', () => {
  it('are in Debian’s format, with unreleased entries under the version being packed', () => {
    expect(linuxChangelogs({ ...about, markdown }).debian).toBe(`notifier (0.2.0) unstable; urgency=medium

  * A thing of code with a link, as long as it takes until a line of eighty
    columns is full and then some more.
  * 100 % of it, in every way but a*b*c.

 -- Eve <eve@example.org>  Thu, 26 Nov 2026 04:05:06 +0000

notifier (0.1.0) unstable; urgency=medium

  * The first.

 -- Eve <eve@example.org>  Wed, 25 Nov 2026 12:00:00 +0000
`)
  })

  it('are in rpm’s format', () => {
    expect(linuxChangelogs({ ...about, markdown }).rpm).toBe(`* Thu Nov 26 2026 Eve <eve@example.org> - 0.2.0
- A thing of code with a link, as long as it takes until a line of eighty
  columns is full and then some more.
- 100 %% of it, in every way but a*b*c.

* Wed Nov 25 2026 Eve <eve@example.org> - 0.1.0
- The first.
`)
  })

  it('fail for a version without entries', () => {
    expect(() => linuxChangelogs({ ...about, markdown: '## 0.1.0\n\n- The first.\n' })).toThrow('0.2.0')
  })

  it('contain every entry of the project’s changelog', () => {
    const own = readFileSync(path.join(import.meta.dirname, '..', '..', 'CHANGELOG.md'), 'utf8')
    const { debian } = linuxChangelogs({ ...about, version: packageJson.version, markdown: own })
    expect([...debian.matchAll(/^ {2}\* /gm)]).toHaveLength([...own.matchAll(/^- /gm)].length)
    expect(Math.max(...debian.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})
