import * as path from 'node:path'
import type { Plugin } from 'vite'

/** The function of lucide-react that makes each of its icons, and those icons. */
const original = /\/createLucideIcon\.mjs$/
const icons = /\/node_modules\/lucide-react\/dist\/esm\/icons\/[^/]+$/
const replacement = '\0light-icons'

/**
 * Builds the page's icons of one path each (renderer/ui/create-drawing.tsx). Unit tests have lucide-react's own,
 * end-to-end tests these.
 * @param root the project's folder
 */
export const lightIcons = (root: string): Plugin => ({
  name: 'light-icons',
  apply: 'build',
  enforce: 'pre',
  resolveId: (source, importer = '') =>
    original.test(source) && icons.test(importer.replaceAll('\\', '/')) ? replacement : undefined,
  load: (id) => {
    const file = JSON.stringify(path.join(root, 'renderer', 'ui', 'create-drawing.tsx'))
    return id === replacement ? `export { createDrawing as default } from ${file}` : undefined
  },
})
