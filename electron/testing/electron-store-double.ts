import Conf from 'conf'

/** electron-store outside Electron: the library it is built on, which writes the settings of both shells. */
export class ElectronStoreDouble extends Conf {
  constructor({ name, ...options }: { name: string }) {
    super({ configName: name, ...options })
  }
}
