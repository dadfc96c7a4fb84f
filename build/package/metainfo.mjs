import { appId, executableName } from './package-config.mjs'

/**
 * What the package tells software centres about itself (freedesktop.org/software/appstream/docs).
 * @param {object} about
 * @param {string} about.version
 * @param {string} about.description one sentence
 * @param {Date} about.date of the release
 * @param {string | undefined} about.homepage
 */
export const metainfo = ({ version, description, date, homepage }) => `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${appId}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>MIT</project_license>
  <name>Discourse Notifier</name>
  <summary>${xml(description.replace(/\.$/, ''))}</summary>
  <developer_name>Discourse Notifier maintainers</developer_name>
  <description>
    <p>
      Sits in the tray and tells you what happens to you on every Discourse forum you belong to: one look for the counts, one
      click to the post, one click to take the access away again.
    </p>
    <p>
      You approve it in your browser, on the forum; your password stays there. Keys are kept in the desktop's keyring.
    </p>
  </description>
  <launchable type="desktop-id">${executableName}.desktop</launchable>
${homepage === undefined ? '' : `  <url type="homepage">${xml(homepage)}</url>\n`}  <provides>
    <binary>${executableName}</binary>
    <mediatype>x-scheme-handler/discourse</mediatype>
  </provides>
  <categories>
    <category>Network</category>
    <category>Chat</category>
  </categories>
  <content_rating type="oars-1.1">
    <content_attribute id="social-chat">mild</content_attribute>
  </content_rating>
  <releases>
    <release version="${xml(version)}" date="${date.toISOString().slice(0, 10)}"/>
  </releases>
</component>
`

/** @param {string} text */
const xml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
