import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#platform/server/free-port'

/** Real servers on random ports of this machine: Dovecot for IMAP, Exim for SMTP; both keep everything in a folder of their own. */
export interface MailServers {
  readonly imapPort: number
  readonly smtpPort: number
  /** Exim hands mail for @okno.example to this port. */
  readonly oknoPort: number
  stopImap(): Promise<void>
  startImap(): Promise<void>
  /** Makes Dovecot number the mailbox anew, as after a restore from backup: another UIDVALIDITY. */
  renumber(): Promise<void>
  close(): Promise<void>
}

export const PASSWORD = 's3cret-imap'
const OWNER = 'Debian-exim'

/**
 * True when Dovecot and Exim can be run. Installs them from Debian's packages when they are missing, on Debian as root; says loudly
 * what is not tested anywhere else.
 */
export function haveMailServers(): boolean {
  if (existsSync('/usr/sbin/dovecot') && existsSync('/usr/sbin/exim4') && process.getuid?.() === 0) return true
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0 && install()) return true
  process.stderr.write(
    '\n*** NOT TESTED: real IMAP and SMTP servers. Dovecot and Exim run only as root on Debian or Ubuntu; everything else is tested. ***\n\n',
  )
  return false
}

function install(): boolean {
  const policy = '/usr/sbin/policy-rc.d'
  const mine = !existsSync(policy)
  // Debian starts servers when it installs them; this file says no.
  if (mine) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
    const packages = ['dovecot-imapd', 'exim4-daemon-light']
    return (
      spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, stdio: 'ignore' })
        .status === 0
    )
  } finally {
    if (mine) rmSync(policy)
  }
}

export async function startMailServers(): Promise<MailServers> {
  const folder = mkdtempSync(join(tmpdir(), 'okno-mail-'))
  chmodSync(folder, 0o755)
  for (const path of ['run', 'spool', 'mail']) mkdirSync(join(folder, path))
  execFileSync('chown', [`${OWNER}:${OWNER}`, join(folder, 'spool'), join(folder, 'mail')])
  const [imapPort, smtpPort, oknoPort] = [await freePort(), await freePort(), await freePort()]
  writeFileSync(join(folder, 'dovecot.conf'), dovecotConfig(folder, imapPort))
  writeFileSync(join(folder, 'exim.conf'), eximConfig(folder, smtpPort, oknoPort))
  let dovecot: ChildProcess | undefined
  const startImap = async () => {
    dovecot = spawn('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' })
    await untilOpen(imapPort)
  }
  const stopImap = async () => {
    await ended(dovecot)
    dovecot = undefined
  }
  const exim = spawn('/usr/sbin/exim4', ['-C', join(folder, 'exim.conf'), '-bdf', '-q1s'], { stdio: 'ignore' })
  await Promise.all([startImap(), untilOpen(smtpPort)])
  return {
    imapPort,
    smtpPort,
    oknoPort,
    startImap,
    stopImap,
    async renumber() {
      await stopImap()
      const mailbox = join(folder, 'mail/support')
      for (const file of readdirSync(mailbox)) if (file.startsWith('dovecot')) rmSync(join(mailbox, file))
      await startImap()
    },
    async close() {
      await Promise.all([stopImap(), ended(exim)])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const ended = (child: ChildProcess | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (!child || child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })

async function untilOpen(port: number): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('data', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('close', () => resolve(false))
      setTimeout(() => socket.destroy(), 500)
    })
    if (isOpen) return
    if (Date.now() > deadline) throw new Error(`Nothing listens on port ${port}.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Waits for a condition; fails after 25 seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 25_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The condition did not come true within 25 seconds.')
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

const dovecotConfig = (folder: string, port: number): string => `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail/%u
mail_uid = ${OWNER}
mail_gid = ${OWNER}
first_valid_uid = 1
first_valid_gid = 1
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${OWNER} gid=${OWNER} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`

const eximConfig = (folder: string, port: number, oknoPort: number): string => `
spool_directory = ${folder}/spool
log_file_path = ${folder}/spool/%slog
pid_file_path = ${folder}/spool/exim.pid
primary_hostname = provider.example
qualify_domain = provider.example
daemon_smtp_ports = ${port}
local_interfaces = <; 127.0.0.1
tls_advertise_hosts =
acl_smtp_rcpt = accept
acl_smtp_data = accept
never_users =
host_lookup =
keep_environment =
begin routers
mailbox:
  driver = accept
  domains = provider.example
  local_parts = support : customer
  local_part_suffix = +*
  local_part_suffix_optional
  transport = maildir
unknown:
  driver = redirect
  domains = provider.example
  allow_fail
  data = :fail: No such user here
okno:
  driver = manualroute
  domains = okno.example
  transport = to_okno
  route_list = * 127.0.0.1
  self = send
begin transports
maildir:
  driver = appendfile
  directory = ${folder}/mail/\${local_part_data}
  maildir_format
  create_directory
  user = ${OWNER}
to_okno:
  driver = smtp
  port = ${oknoPort}
  allow_localhost
  hosts_try_chunking =
begin retry
* * F,1h,1s
`
