/**
 * Converts the changelog to the formats of deb (deb-changelog(5)) and rpm (rpm-spec(5)). Unreleased entries belong to the
 * version that is being packed.
 * @param {object} about
 * @param {string} about.markdown the project's CHANGELOG.md
 * @param {string} about.version that is being packed
 * @param {Date} about.date of the packages
 * @param {string} about.name of the package
 * @param {string} about.maintainer name and mailbox
 * @returns {{ debian: string, rpm: string }}
 * @throws Error when the changelog has no entry for the version
 */
export const linuxChangelogs = ({ markdown, version, date, name, maintainer }) => {
  const sections = sectionsOf(markdown, version, date)
  if (sections[0]?.version !== version) throw new Error(`CHANGELOG.md has nothing about ${version}.`)
  return {
    debian: sections
      .map((section) => {
        const head = `${name} (${section.version}) unstable; urgency=medium\n`
        const foot = ` -- ${maintainer}  ${rfc5322(section.date)}\n`
        return [head, `${section.entries.map((entry) => wrap(entry, '  * ', '    ')).join('\n')}\n`, foot].join('\n')
      })
      .join('\n'),
    rpm: sections
      .map(
        (section) =>
          `* ${rpmDate(section.date)} ${maintainer} - ${section.version}\n${section.entries
            // In rpm a percent sign starts a macro.
            .map((entry) => wrap(entry.replaceAll('%', '%%'), '- ', '  '))
            .join('\n')}\n`,
      )
      .join('\n'),
  }
}

/**
 * @param {string} markdown
 * @param {string} packed the version that unreleased entries belong to
 * @param {Date} date of that version
 */
const sectionsOf = (markdown, packed, date) => {
  /** @type {Map<string, { version: string, date: Date, entries: string[] }>} */
  const sections = new Map()
  for (const block of markdown.split(/^## /m).slice(1)) {
    const [, title = '', when = ''] = /^(\S+)(?:.*\((\d+ \w+ \d{4}))?/.exec(block) ?? []
    const version = title === 'Unreleased' ? packed : title
    const written = new Date(`${when} 12:00 UTC`)
    const section = sections.get(version) ?? {
      version,
      date: version === packed || Number.isNaN(written.getTime()) ? date : written,
      entries: [],
    }
    section.entries.push(
      ...[...block.matchAll(/^- ([\s\S]*?)(?=\n\S|\n\n|$(?![\s\S]))/gm)].map(([, text = '']) => plain(text)),
    )
    sections.set(version, section)
  }
  return [...sections.values()].filter(({ entries }) => entries.length > 0)
}

/**
 * Markdown as plain text, on one line.
 * @param {string} text
 */
const plain = (text) =>
  text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    // Code stays as it is; an asterisk in it is no emphasis.
    .replace(/`([^`]*)`|\*([^*\s][^*]*)\*/g, '$1$2')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * @param {string} text
 * @param {string} first before its first line
 * @param {string} next before the others
 */
const wrap = (text, first, next) => {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line.length + word.length > 74) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.map((line, index) => (index === 0 ? first : next) + line).join('\n')
}

/** @param {Date} date */
const rfc5322 = (date) => date.toUTCString().replace('GMT', '+0000')

/** @param {Date} date */
const rpmDate = (date) => {
  const [day = '', dayOfMonth = '', month = '', year = ''] = date.toUTCString().split(/,? /)
  return `${day} ${month} ${dayOfMonth} ${year}`
}
