import { MiniTopology } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { texts } from '../../texts/cockpit.ts'
import { followTime } from './session.ts'
import type { Session } from './session.ts'

/** More clusters than this stand in two rows. */
const rowMost = 6

/** All clusters at a glance, twice a second; a click or its digit puts one on the stage. */
export function Tiles({ session, lobby, onSelect }: { session: Session; lobby: LobbyView; onSelect: (index: number) => void }) {
  const seen = session.cockpit.value
  followTime(session)
  const nowMs = performance.now(), clusters = seen?.clusters ?? []
  return (
    <div class={clusters.length > rowMost ? 'tiles tiles-two' : 'tiles'} role="group" aria-label={texts.tiles.label} style={{ '--tiles': Math.max(4, clusters.length > rowMost ? Math.ceil(clusters.length / 2) : clusters.length) }}>
      {clusters.map((cluster, index) => {
        const seats = lobby.clusters[cluster.cluster]?.seats ?? [], atMs = cluster.clock.at(nowMs)
        const nodes = cluster.above.nodesAt(atMs, cluster.badges, { students: (seat) => seats[seat]?.playedBy === 'student' })
        const state = stateOf(cluster, atMs)
        return (
          <button type="button" class="tile" key={cluster.name} aria-pressed={index === session.selected.value} onClick={() => onSelect(index)}>
            <span class="tile-head"><b>{cluster.name}</b><b title={texts.tiles.safety}>{cluster.score().safety}</b></span>
            <MiniTopology nodes={nodes} cutAfter={cutAfter(cluster, atMs)} />
            <small class={state.bad ? 'is-bad' : ''}>{state.words}</small>
          </button>)
      })}
    </div>
  )
}

/** The one thing to say of a cluster. */
function stateOf(cluster: ClusterSeen, nowMs: number): { words: string; bad: boolean } {
  const { breaches } = cluster.score()
  if (breaches > 0) return { words: texts.tiles.breaches(breaches), bad: true }
  const leads = cluster.badges.flatMap((badge, seat) => (badge.leads ? [texts.tiles.leads(cluster.nodes[seat] ?? '', badge.tab)] : []))
  const active = cluster.above.faultsAt(nowMs).length
  if (!cluster.led) return { words: active === 0 ? texts.tiles.calm : texts.tiles.faults(active), bad: false }
  const calm = active === 0 ? '' : `, ${texts.tiles.faults(active)}`
  return { words: `${leads.length === 0 ? texts.tiles.nobody : leads.length === 1 ? leads[0] ?? '' : texts.tiles.lead(leads.length)}${calm}`, bad: false }
}

/** After which node the row tears: only where the cut parts neighbours and nothing else. */
function cutAfter(cluster: ClusterSeen, nowMs: number): number | null {
  const cut = cluster.above.sceneAt(nowMs, cluster.badges, {}).cuts.find((one) => !one.oneWay && one.sides.flat().length === cluster.nodes.length)
  if (cut === undefined) return null
  const side = cluster.nodes.map((id) => cut.sides[0].includes(id))
  const changes = side.flatMap((here, index) => (index > 0 && here !== side[index - 1] ? [index] : []))
  return changes.length === 1 ? changes[0] ?? null : null
}
