import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { whenEnded } from '../rig/when-ended.ts'
import type { PanelColour } from './panel.ts'

const configOf = (colour: string): string => `
rounded = 0
border_width = 0
background_color = ${colour} 100
border_color = ${colour} 0
panel_items = S
panel_size = 100% 28
panel_margin = 0 0
panel_padding = 0 0 0
panel_background_id = 1
panel_position = top left horizontal
panel_dock = 0
systray_padding = 0 0 0
systray_background_id = 0
systray_icon_size = 22
systray_icon_asb = 100 0 0
`

const hexadecimal = ({ red, green, blue }: PanelColour): string =>
  `#${[red, green, blue]
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** Starts tint2 with nothing in it but a tray of the older kind (XEmbed), along the upper edge of the screen. */
export const startTint2 = (env: NodeJS.ProcessEnv, home: string, colour: PanelColour) => {
  const config = path.join(home, 'tint2rc')
  writeFileSync(config, configOf(hexadecimal(colour)))
  const child = spawn('tint2', ['-c', config], { env: { ...process.env, ...env, HOME: home }, stdio: 'ignore' })
  return {
    stop: async (): Promise<void> => {
      child.kill()
      await whenEnded(child)
    },
  }
}
