import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'playwright/test'
import { removeHome } from '../rig/remove-home.ts'
import { missingPart } from '../system-parts.mjs'

// The service of the built command line, under a systemd of the user's own.

const cli = fileURLToPath(new URL('../../dist/headless/cli.js', import.meta.url))
const userServices = fileURLToPath(new URL('user-services.sh', import.meta.url))
const missing = missingPart('services')

test('install-service runs the notifier under systemd, which starts it again after a crash; uninstall-service undoes it', async () => {
  test.skip(missing !== undefined, missing)
  test.skip(process.getuid?.() !== 0, 'a mount namespace for a systemd of its own takes root')
  const home = mkdtempSync(path.join(tmpdir(), 'notifier-service-'))
  const runtime = '/run/user/0'
  mkdirSync(path.join(home, 'a profile'))
  const notifier = `'${process.execPath}' '${cli}'`
  const profile = `--profile '${home}/a profile'`
  const script = `
    main() { systemctl --user show -p MainPID --value "$unit"; }
    ${notifier} install-service ${profile}
    unit=$(basename "$HOME"/.config/systemd/user/*.service)
    echo "state $(systemctl --user is-active "$unit") $(systemctl --user is-enabled "$unit")"
    ${notifier} status ${profile}
    first=$(main)
    kill -9 "$first"
    tries=1000
    until [ "$tries" = 0 ] || { [ "$(main)" != "$first" ] && [ "$(main)" != 0 ] && ${notifier} accounts ${profile}; }; do
      tries=$((tries - 1)); sleep 0.1
    done
    echo "restarts $(systemctl --user show -p NRestarts --value "$unit")"
    ${notifier} install-service ${profile}
    ${notifier} uninstall-service ${profile}
    ${notifier} status ${profile} || echo "status $?"`
  const { status, stdout, stderr } = spawnSync('unshare', ['--mount', 'sh', userServices, script], {
    env: { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: runtime, LC_ALL: 'C.UTF-8' },
    timeout: 200_000,
    encoding: 'utf8',
  })
  const said = `${stdout}${stderr}${existsSync(`${home}/systemd.log`) ? readFileSync(`${home}/systemd.log`, 'utf8') : ''}`
  const units = path.join(home, '.config', 'systemd', 'user')
  const left = existsSync(units) ? readdirSync(units).filter((name) => name.endsWith('.service')) : []
  await removeHome(home)
  test.skip(status === 77, 'no systemd of the user’s own can be started on this machine')
  expect(status, said).toBe(0)
  expect(stdout).toContain('state active enabled\nNo forums yet\n')
  expect(stdout).toContain('restarts 1\n')
  expect(stdout).toContain('status 3\n')
  expect(left).toEqual([])
})
