import Conf from 'conf'

/** electron-store outside of Electron: the library beneath it, which writes the settings of both shells. */
export class ElectronStoreDouble extends Conf {
  constructor({ name, ...options }: { name: string }) {
    super({ configName: name, ...options })
  }
}
