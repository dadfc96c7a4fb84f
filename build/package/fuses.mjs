import { FuseV1Options as Fuse, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'

// Electron's fuses: switches in its executable that are flipped once, before it is signed
// (electronjs.org/docs/tutorial/fuses). electron-builder's own option covers only eight of the nine, so they are
// flipped with Electron's tool, which fails if a fuse of the executable is left out; its type requires the same of this
// table.

/** @typedef {'release' | 'test'} Flavour */

/**
 * Which fuses a package has.
 * @param {Flavour} flavour `test` only adds the inspector, through which Playwright drives the main process
 * @returns {import('@electron/fuses').FuseV1Config & { strictlyRequireAllFuses: true }}
 */
export const fusesOf = (flavour) => ({
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // Otherwise any program could make ours run its code, with our access to the keychain.
  [Fuse.RunAsNode]: false,
  [Fuse.EnableNodeOptionsEnvironmentVariable]: false,
  [Fuse.EnableNodeCliInspectArguments]: flavour === 'test',
  // We store no cookies. With this fuse Electron queries the keyring on its main thread before anything is shown, so a
  // locked, missing or hanging keyring would keep the app from starting.
  [Fuse.EnableCookieEncryption]: false,
  [Fuse.EnableEmbeddedAsarIntegrityValidation]: true,
  [Fuse.OnlyLoadAppFromAsar]: true,
  // We ship no V8 snapshot.
  [Fuse.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Our pages are served over `app:`.
  [Fuse.GrantFileProtocolExtraPrivileges]: false,
  [Fuse.WasmTrapHandlers]: true,
})

/**
 * Flips the fuses of a packed program. Has to run before signing.
 * @param {string} program the executable, or the `.app`
 * @param {Flavour} flavour
 * @param {boolean} mayLackFuses an older Electron has fewer fuses; only those it has are flipped
 */
export const throwFuses = async (program, flavour, mayLackFuses) => {
  const config = fusesOf(flavour)
  const wire = await getCurrentFuseWire(program)
  for (const fuse of mayLackFuses ? Object.keys(config).filter((name) => /^\d/.test(name)) : [])
    if (Reflect.get(wire, fuse) === undefined) Reflect.deleteProperty(config, fuse)
  await flipFuses(program, config)
}
