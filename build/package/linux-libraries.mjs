// The Linux system libraries that the packed program needs: those that the linker reads (`readelf -d`, NEEDED) in
// Electron's executable, in its own libraries and in keytar's binary, and those that Electron opens by name at first
// use. The dependencies of deb and rpm come from this list. The test beside it reads the binaries and asks Debian which
// package has each library.

/**
 * The Debian packages of each library, by soname, with an alternative where a package was renamed for 64-bit time
 * (Debian 13, Ubuntu 24.04).
 * @type {Readonly<Record<string, string>>}
 */
export const libraries = {
  'libX11.so.6': 'libx11-6',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libasound.so.2': 'libasound2 | libasound2t64',
  'libatk-1.0.so.0': 'libatk1.0-0 | libatk1.0-0t64',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatspi.so.0': 'libatspi2.0-0 | libatspi2.0-0t64',
  'libc.so.6': 'libc6',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2 | libcups2t64',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgcc_s.so.1': 'libgcc-s1',
  'libgio-2.0.so.0': 'libglib2.0-0 | libglib2.0-0t64',
  'libglib-2.0.so.0': 'libglib2.0-0 | libglib2.0-0t64',
  'libgobject-2.0.so.0': 'libglib2.0-0 | libglib2.0-0t64',
  'libgtk-3.so.0': 'libgtk-3-0 | libgtk-3-0t64',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libsecret-1.so.0': 'libsecret-1-0',
  'libsmime3.so': 'libnss3',
  'libstdc++.so.6': 'libstdc++6',
  'libudev.so.1': 'libudev1',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
  // Opened by name: without the first Electron exits at once on X11, without the second it shows no notifications.
  'libX11-xcb.so.1': 'libx11-xcb1',
  'libnotify.so.4': 'libnotify4',
}

/** Programs that are run: xdg-open for links, xdg-mime for `discourse:` URLs. */
const programs = ['xdg-utils']

/** The dependencies of a deb. */
export const debDepends = () => [...new Set(Object.values(libraries)), ...programs]

/** The dependencies of an rpm, by soname, because distributions name their packages differently. */
export const rpmDepends = () => [...Object.keys(libraries).map((soname) => `${soname}()(64bit)`), ...programs]

/**
 * The packages of Debian that bring a Secret Service, which stores the keys; KDE's has been one since version 5.97. None
 * is needed: without one the keys are kept until the program ends. The first is what apt installs where none is there.
 */
export const debKeyrings = ['gnome-keyring', 'libkf5wallet-bin (>= 5.97)', 'kwalletmanager', 'keepassxc']

/** The same in rpm's distributions: Fedora and openSUSE have different names for KDE's. */
export const rpmKeyrings = ['gnome-keyring', 'kf6-kwallet', 'kf5-kwallet', 'kwalletd6', 'kwalletd5', 'keepassxc']
