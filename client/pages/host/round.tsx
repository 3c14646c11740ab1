import { useState } from 'preact/hooks'
import { texts } from '../../texts/cockpit.ts'
import { Bar, step } from './bar.tsx'
import { chooseFault } from './chaos.ts'
import { ActiveFaults } from './faults-active.tsx'
import { Judge } from './judge.tsx'
import { useKeys } from './keys.ts'
import { Metrics } from './metrics.tsx'
import type { MenuAt } from './node-menu.tsx'
import { Palette } from './palette.tsx'
import { seeAs, seeing } from './see-as.ts'
import { selectedCluster } from './session.ts'
import type { InRound } from './session.ts'
import { StageBox } from './stage-box.tsx'
import type { Cutting } from './stage-box.tsx'
import { Tiles } from './tiles.tsx'

/** The cockpit while a round runs or stands. */
export function Round({ session, lobby }: InRound) {
  const [cutting, setCutting] = useState<Cutting>(null)
  const [menu, setMenu] = useState<MenuAt | null>(null)
  const seen = session.cockpit.value
  const cluster = selectedCluster(session)
  const select = (index: number): void => { if (index < (seen?.clusters.length ?? 0)) { session.selected.value = index; setMenu(null); setCutting(null) } }
  useKeys({
    pause: () => { void session.command({ kind: lobby.paused ? 'resume' : 'pause' }) },
    step: () => { if (lobby.paused) step(session) },
    select,
    people: () => { session.sheet.value = 'people' },
    ask: () => { session.sheet.value = 'ask' },
    cut: () => setCutting((now) => (now === null ? 'keyboard' : null)),
    eyes: () => { if (cluster !== null) { seeAs(cluster, seeing.value?.cluster === cluster.cluster ? null : menu?.node ?? cluster.nodes[0] ?? null); setMenu(null) } },
    escape: () => { setCutting(null); seeing.value = null; setMenu(null); chooseFault(null) },
  })
  return (
    <div class="cockpit">
      <Bar session={session} lobby={lobby} />
      <section class="cockpit-chaos" aria-label={texts.faults.label}>
        <Palette session={session} cluster={cluster} />
        <ActiveFaults session={session} />
      </section>
      <main class="cockpit-middle">
        <Tiles session={session} lobby={lobby} onSelect={select} />
        {cluster === null ? <div class="stage-box" /> : <StageBox session={session} lobby={lobby} cluster={cluster} cutting={cutting} setCutting={setCutting} menu={menu} setMenu={setMenu} />}
        {cluster !== null && <Metrics session={session} lobby={lobby} cluster={cluster} />}
      </main>
      <Judge session={session} lobby={lobby} cluster={cluster} />
    </div>
  )
}
