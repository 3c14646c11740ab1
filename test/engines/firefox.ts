import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserPath } from '../needs.ts'
import type { Opened } from './loopback.ts'

/**
 * Firefox as its makers ship it, which Playwright cannot drive: it is started with one address and a fresh profile that keeps it
 * quiet. A proxy that is not there stands before every other address, so whatever it still asks for stays on this machine.
 */

const PREFERENCES: Record<string, string | number | boolean> = {
  'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': 9, 'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': '127.0.0.1', 'network.proxy.failover_direct': false, 'network.proxy.allow_bypass': false,
  'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false, 'network.trr.mode': 5, 'network.dns.disablePrefetch': true,
  'app.update.enabled': false, 'app.update.auto': false, 'app.normandy.enabled': false, 'app.shield.optoutstudies.enabled': false, 'extensions.update.enabled': false,
  'extensions.systemAddon.update.enabled': false, 'extensions.getAddons.cache.enabled': false, 'services.settings.server': 'http://127.0.0.1:9/', 'browser.region.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false, 'datareporting.healthreport.uploadEnabled': false, 'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.unified': false, 'toolkit.telemetry.reportingpolicy.firstRun': false, 'dom.push.connection.enabled': false,
  'browser.safebrowsing.malware.enabled': false, 'browser.safebrowsing.phishing.enabled': false, 'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.startup.page': 0, 'browser.startup.homepage_override.mstone': 'ignore', 'browser.aboutwelcome.enabled': false, 'startup.homepage_welcome_url': '', 'trailhead.firstrun.didSeeAboutWelcome': true,
  'browser.newtabpage.enabled': false, 'browser.shell.checkDefaultBrowser': false, 'browser.sessionstore.resume_from_crash': false, 'browser.tabs.warnOnClose': false,
  'geo.enabled': false, 'media.gmp-manager.updateEnabled': false, 'dom.max_script_run_time': 0,
}
/** Of what Firefox says while it runs, in characters: the end explains most. */
const WORDS_MAX = 2_000

/** Starts Firefox on an address. It is in a group of its own, so that its children end with it. */
export async function openFirefox(url: string): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'netsplit-firefox-'))
  writeFileSync(join(folder, 'user.js'), Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''))
  const grouped = process.platform !== 'win32'
  const child = spawn(browserPath('firefox'), ['--headless', '--no-remote', '--profile', folder, url], {
    detached: grouped, stdio: ['ignore', 'ignore', 'pipe'],
    // As root it wants a home that is root's own, and it leaves things there.
    env: { ...process.env, HOME: folder, MOZ_CRASHREPORTER_DISABLE: '1', MOZ_DATA_REPORTING: '0' },
  })
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (more: string) => { words = (words + more).slice(-WORDS_MAX) })
  const ended = new Promise<string>((settle) => {
    child.once('error', (error) => { settle(error.message) })
    child.once('exit', (code, signal) => { settle(`${signal ?? `exit ${code}`}; ${words.trim()}`) })
  })
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    if (grouped) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  }
  process.once('exit', kill)
  return {
    ended,
    async close() {
      process.off('exit', kill)
      kill()
      await ended
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}
