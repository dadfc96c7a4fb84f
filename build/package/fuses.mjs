import * as path from 'node:path'
import { FuseV1Options as Fuse, FuseVersion, flipFuses } from '@electron/fuses'

// Electron's fuses: switches in its program that are thrown once, before it is signed (electronjs.org/docs/tutorial/fuses).
// electron-builder's own option knows eight of the nine, so they are thrown by Electron's tool, which refuses to leave out
// any that the program has; and by its type neither can this table.

/** @typedef {'release' | 'test'} Flavour */

/**
 * Which fuses a package has.
 * @param {Flavour} flavour Playwright drives the main process through the inspector, and that is all the test flavour adds
 * @returns {import('@electron/fuses').FuseV1Config & { strictlyRequireAllFuses: true }}
 */
export const fusesOf = (flavour) => ({
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // Otherwise any program could have ours run its code, with our rights to the keychain.
  [Fuse.RunAsNode]: false,
  [Fuse.EnableNodeOptionsEnvironmentVariable]: false,
  [Fuse.EnableNodeCliInspectArguments]: flavour === 'test',
  // We keep no cookie. With it Electron asks the keyring on its main thread before anything is shown, and a keyring that is
  // locked, missing or hanging keeps the program from starting.
  [Fuse.EnableCookieEncryption]: false,
  [Fuse.EnableEmbeddedAsarIntegrityValidation]: true,
  [Fuse.OnlyLoadAppFromAsar]: true,
  // We bring no snapshot of our own.
  [Fuse.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Our pages come over `app:`.
  [Fuse.GrantFileProtocolExtraPrivileges]: false,
  [Fuse.WasmTrapHandlers]: true,
})

/**
 * electron-builder's `afterPack`: throws the fuses in a packed program, before it is signed.
 * @param {Flavour} flavour
 * @returns {(context: import('electron-builder').AfterPackContext) => Promise<void>}
 */
export const throwFuses =
  (flavour) =>
  async ({ appOutDir, electronPlatformName, packager }) => {
    const { productFilename } = packager.appInfo
    /** @type {Readonly<Record<string, string>>} */
    const programs = { darwin: `${productFilename}.app`, win32: `${productFilename}.exe` }
    const program = programs[electronPlatformName] ?? packager.config.executableName ?? productFilename
    await flipFuses(path.join(appOutDir, program), fusesOf(flavour))
  }
