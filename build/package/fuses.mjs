import { FuseV1Options as Fuse, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'

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
 * Throws the fuses in a packed program, which has to be done before it is signed.
 * @param {string} program the executable, or the `.app`
 * @param {Flavour} flavour
 * @param {boolean} mayLackFuses an older Electron has fewer, and those alone are thrown
 */
export const throwFuses = async (program, flavour, mayLackFuses) => {
  const config = fusesOf(flavour)
  const wire = await getCurrentFuseWire(program)
  for (const fuse of mayLackFuses ? Object.keys(config).filter((name) => /^\d/.test(name)) : [])
    if (Reflect.get(wire, fuse) === undefined) Reflect.deleteProperty(config, fuse)
  await flipFuses(program, config)
}
