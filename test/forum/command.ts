import { type CommandOptions, readCommandLine, usage } from './command-options.ts'
import { startForum } from './start-forum.ts'

const commandLine = readCommandLine(process.argv.slice(2))
switch (commandLine.kind) {
  case 'help':
    process.stdout.write(usage)
    break
  case 'mistake':
    process.stderr.write(`${commandLine.sentence} Try --help.\n`)
    process.exitCode = 2
    break
  case 'start':
    await run(commandLine.options)
    break
}

async function run(options: CommandOptions): Promise<void> {
  try {
    const forum = await startForum({ ...options, control: true })
    console.log(`forum ${forum.url}`)
    for (const { username, password } of options.users) console.log(`user ${username} ${password}`)
    console.log(`control ${forum.controlUrl}`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void forum.stop())
  } catch (error) {
    process.stderr.write(`${explain(error, options)}\n`)
    process.exitCode = 1
  }
}

function explain(error: unknown, { host, port }: CommandOptions): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken. Choose another with --port.`
  if (code === 'EACCES') return `Port ${port} on ${host} may not be used. Choose another with --port.`
  return `The forum could not start on ${host}, port ${port}: ${error instanceof Error ? error.message : String(error)}`
}
