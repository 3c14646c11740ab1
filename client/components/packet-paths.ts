import type { StagePacket } from '../stage/scene.ts'

/** Outline of a packet's family round 0,0 for size 1: one shape for panels and stage. */
export const packetPaths: Record<StagePacket['family'], string> = {
  beat: 'M-.22-.44H.22A.44.44 0 0 1 .22.44H-.22A.44.44 0 0 1-.22-.44z',
  ask: 'M0-.72L.72 0L0 .72L-.72 0z',
  answer: 'M-.58-.46H.26L.72 0L.26.46H-.58z',
  order: 'M-.36-.6H.36L.7 0L.36.6H-.36L-.7 0z',
  customer: 'M-.72-.46H.72V-.14A.14.14 0 0 0 .72.14V.46H-.72V.14A.14.14 0 0 0-.72-.14z',
}
