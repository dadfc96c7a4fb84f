import { readFileSync } from 'node:fs'
import * as path from 'node:path'

/**
 * The script that rpm runs after a removal: electron-builder's own, but not for a version that a newer one replaces. rpm
 * runs the old version's script after the new version's (docs.fedoraproject.org, Packaging Guidelines, Scriptlets), so the
 * command and the AppArmor profile would be gone after each update.
 * @param {string} root of the project
 * @returns {string} electron-builder's template, with its placeholders
 */
export const rpmAfterRemove = (root) => {
  const template = path.join(root, 'node_modules', 'app-builder-lib', 'templates', 'linux', 'after-remove.tpl')
  const text = readFileSync(template, 'utf8')
  const [first = '', ...rest] = text.split('\n')
  // The argument says how many versions are left.
  return [first, '', 'if [ "$1" -gt 0 ]; then exit 0; fi', ...rest].join('\n')
}
