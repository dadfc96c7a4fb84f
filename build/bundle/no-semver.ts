// In place of `semver` below conf in our bundles: conf brings it for moving settings from one version to the next, which we
// never ask of it; engine/storage/saved-state.ts reads what older versions wrote. electron-updater keeps the real one.

// biome-ignore lint/style/noDefaultExport: the library imports it so
export default undefined
