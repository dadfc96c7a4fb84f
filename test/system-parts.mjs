import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

// The parts of a system that some tests need, and where they come from. Used to install them, and by the tests
// themselves to say why they are skipped.

/**
 * Whether a program can be started by its name.
 * @param {string} program
 */
export const onPath = (program) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)))

/** @param {string} library the beginning of its file name */
const hasLibrary = (library) =>
  ['/usr/lib', '/lib', '/usr/lib64'].some(
    (root) =>
      existsSync(root) &&
      [
        root,
        ...readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
          entry.isDirectory() ? [join(root, entry.name)] : [],
        ),
      ].some((folder) => existsSync(join(folder, library))),
  )

/**
 * The browser for the end-to-end tests: `CHROMIUM_PATH`, or one installed where distributions put it.
 * @returns {string | undefined}
 */
export const chromiumPath = () =>
  [
    process.env['CHROMIUM_PATH'] ?? '',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ].find((file) => file !== '' && existsSync(file))

/** @typedef {'browser' | 'fonts' | 'japanese' | 'keychain' | 'handler' | 'desktop' | 'electron' | 'panel' | 'wayland' | 'waybar' | 'gnome' | 'dock' | 'certificates' | 'metadata' | 'binaries' | 'shells' | 'manual' | 'multiplexer' | 'faults' | 'services'} SystemPart */

/**
 * @typedef {object} PartOfSystem
 * @property {SystemPart} id
 * @property {string} what
 * @property {readonly string[]} packages
 * @property {boolean} present
 * @property {boolean} [isOnDemand] hundreds of megabytes that `npm test` needs nothing of, and so never installs
 */

const appIndicators = '/usr/share/gnome-shell/extensions/ubuntu-appindicators@ubuntu.com'

/**
 * What of a desktop some tests need.
 * @returns {readonly PartOfSystem[]}
 */
const desktopParts = () => [
  {
    id: 'desktop',
    what: 'a desktop that shows notifications: dunst, dbus-run-session, xvfb and xauth',
    packages: ['dunst', 'dbus', 'dbus-bin', 'xvfb', 'xauth'],
    present: ['dunst', 'dunstctl', 'dbus-run-session', 'dbus-send', 'Xvfb', 'xauth'].every(onPath),
  },
  {
    id: 'electron',
    what: 'what Electron needs of a Linux system: a virtual display, GTK, NSS and unzip',
    packages: [
      ...['dbus', 'libasound2', 'libatspi2.0-0', 'libdrm2', 'libgbm1', 'libgtk-3-0', 'libnotify4', 'libnss3'],
      ...['libxss1', 'libxtst6', 'unzip', 'xauth', 'xvfb'],
    ],
    present:
      ['dbus-run-session', 'unzip', 'Xvfb', 'xauth'].every(onPath) &&
      ['libgtk-3.so.0', 'libnss3.so', 'libgbm.so.1', 'libasound.so.2', 'libXtst.so.6'].every(hasLibrary),
  },
  {
    id: 'panel',
    what: 'a desktop with a tray: xfce4-panel, openbox and xdotool',
    packages: ['openbox', 'xfce4-panel', 'xdotool'],
    present: ['openbox', 'xfce4-panel', 'xdotool'].every(onPath),
  },
  {
    id: 'wayland',
    what: 'a Wayland session without a screen: sway and mako',
    packages: ['dbus', 'mako-notifier', 'sway', 'util-linux'],
    present: ['dbus-daemon', 'mako', 'makoctl', 'setpriv', 'sway', 'swaymsg'].every(onPath),
  },
  {
    id: 'waybar',
    what: 'a panel for Wayland, and what photographs it: waybar and grim',
    packages: ['grim', 'waybar'],
    present: ['grim', 'waybar'].every(onPath),
  },
  {
    id: 'gnome',
    what: 'GNOME Shell with the extension that shows a tray, for specifications that run on demand',
    packages: ['gnome-shell', 'gnome-shell-extension-appindicator', 'gjs', 'dconf-gsettings-backend'],
    present: ['gnome-shell', 'gjs', 'gsettings'].every(onPath) && existsSync(appIndicators),
    isOnDemand: true,
  },
  {
    id: 'dock',
    what: 'what Electron tells docks through: libunity, and dbus-monitor',
    packages: ['dbus-bin', 'libunity9'],
    present: onPath('dbus-monitor') && hasLibrary('libunity.so.9'),
  },
]

/**
 * Every part that some test needs, and whether it is there.
 * @returns {readonly PartOfSystem[]}
 */
export const systemParts = () => [
  {
    id: 'browser',
    what: 'Chromium, for the end-to-end tests',
    packages: ['chromium'],
    present: chromiumPath() !== undefined,
  },
  {
    id: 'fonts',
    what: 'the font DejaVu Sans, which the pictures of the views are drawn with',
    packages: ['fonts-dejavu-core'],
    present: existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'),
  },
  {
    id: 'japanese',
    what: 'the font VL PGothic, which Japanese is drawn with in the pictures',
    packages: ['fonts-vlgothic'],
    present: existsSync('/usr/share/fonts/truetype/vlgothic/VL-PGothic-Regular.ttf'),
  },
  {
    id: 'keychain',
    what: 'a keychain: dbus-run-session, gnome-keyring-daemon and libsecret',
    packages: ['dbus', 'gnome-keyring', 'libsecret-1-0'],
    present: onPath('dbus-run-session') && onPath('gnome-keyring-daemon') && hasLibrary('libsecret-1.so.0'),
  },
  {
    id: 'handler',
    what: 'xdg-open under a virtual display: xdg-utils, xvfb and xauth',
    packages: ['xdg-utils', 'xvfb', 'xauth'],
    present: onPath('xdg-open') && onPath('xdg-mime') && onPath('Xvfb') && onPath('xauth'),
  },
  ...desktopParts(),
  {
    id: 'certificates',
    what: 'openssl, for a private certificate authority',
    packages: ['openssl'],
    present: onPath('openssl'),
  },
  {
    id: 'metadata',
    what: 'desktop-file-validate and appstreamcli, which check what a Linux package says about itself',
    packages: ['desktop-file-utils', 'appstream'],
    present: onPath('desktop-file-validate') && onPath('appstreamcli'),
  },
  {
    id: 'binaries',
    what: 'readelf, which reads what libraries a program needs',
    packages: ['binutils'],
    present: onPath('readelf'),
  },
  {
    id: 'shells',
    what: 'bash, zsh and fish, which complete the command line',
    packages: ['bash', 'zsh', 'fish'],
    present: ['bash', 'zsh', 'fish'].every(onPath),
  },
  {
    id: 'multiplexer',
    what: 'tmux, whose status line shows counts',
    packages: ['tmux'],
    present: onPath('tmux'),
  },
  {
    id: 'faults',
    what: 'libfaketime and strace, which set the clock of a program and slow down its disk',
    packages: ['faketime', 'strace'],
    present: onPath('faketime') && onPath('strace'),
  },
  {
    id: 'services',
    what: 'systemd-analyze and systemd-notify, which check the service',
    packages: ['systemd'],
    present: onPath('systemd-analyze') && onPath('systemd-notify'),
  },
  {
    id: 'manual',
    what: 'man and groff, for the manual page',
    packages: ['man-db', 'groff'],
    present: onPath('man') && onPath('groff'),
  },
]

/**
 * Why a test that needs a part cannot run here; undefined when it can.
 * @param {SystemPart} id
 * @returns {string | undefined}
 */
export const missingPart = (id) => {
  const part = systemParts().find((candidate) => candidate.id === id)
  return part === undefined || part.present ? undefined : `not on this machine: ${part.what}`
}
