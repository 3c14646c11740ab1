import type { NodeId, SimMs } from '../../shared/sim/types.ts'
import { arriveShownMs, departShownMs } from '../stage/flight.ts'
import type { StagePacket } from '../stage/scene.ts'
import type { Above } from './above.ts'

/** What a node sees of packets: its own leave into the fog, whatever becomes of them, and others' come out of it once they have arrived. Each send is seen once, each copy that arrives is. */
export function passing(above: Pick<Above, 'packetsBetween'>, node: NodeId, nowMs: SimMs): StagePacket[] {
  return above.packetsBetween(nowMs - Math.max(departShownMs, arriveShownMs), nowMs).flatMap((packet): StagePacket[] => {
    const { waits: _, endShare: __, ...plain } = packet
    if (packet.from === node) return isFirst(packet.key) && packet.departMs <= nowMs ? [{ ...plain, fate: 'fades' }] : []
    return packet.to === node && packet.fate === 'delivered' && packet.arriveMs <= nowMs ? [{ ...plain, departMs: packet.arriveMs, fate: 'arrives' }] : []
  })
}

/** Whether a packet is the first leg of the first copy of what was sent, by its key: `12`, `12.0`, and not `12.1` or `12.0/1`. */
const isFirst = (key: string): boolean => /^\d+(\.0)?$/.test(key)
