import { Button, clockText } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { MOVE_FAR_MS } from '../../model/plan-edit.ts'
import { texts as common } from '../../texts/common.ts'
import { texts } from '../../texts/host.ts'
import { canUndo, chosenStep, comingIn, forgetUndo, moveStep, removeStep, undoPlan } from './plan-draft.ts'
import type { Session } from './session.ts'

const words = texts.plans.edit

/** The planned step that is chosen, with what can be done to it; and the way back after a change. */
export function PlanBar({ session, lobby, cluster, nameOf, keepFocus }: { session: Session; lobby: LobbyView; cluster: ClusterSeen; nameOf: (type: string) => string; keepFocus: (place: number) => void }) {
  const place = chosenStep.value, one = place === null ? undefined : comingIn(cluster, lobby.durationMs)[place]
  const close = (): void => { chosenStep.value = null; forgetUndo(); keepFocus(place ?? 0) }
  return (
    <div class="script-loaded plan-bar" role="group" aria-label={words.label}>
      <p role="status">{one === undefined || place === null ? words.changed : <><b>{words.at(one.step.do === 'halt' ? texts.plans.halt : nameOf(one.step.type), clockText(one.atMs))}</b> <span class="quiet">{words.words}</span></>}</p>
      {one !== undefined && place !== null && <>
        <Button icon="left" label={words.earlier} onClick={() => { chosenStep.value = moveStep(session, lobby, cluster, place, -MOVE_FAR_MS) }}>{''}</Button>
        <Button icon="right" label={words.later} onClick={() => { chosenStep.value = moveStep(session, lobby, cluster, place, MOVE_FAR_MS) }}>{''}</Button>
        <Button onClick={() => { removeStep(session, lobby, cluster, place); keepFocus(place) }}>{words.remove}</Button></>}
      {canUndo(cluster) && <Button icon="undo" onClick={() => { undoPlan(session, lobby, cluster); keepFocus(0) }}>{words.undo}</Button>}
      <Button kind="quiet" icon="cross" label={common.close} onClick={close}>{''}</Button></div>
  )
}
