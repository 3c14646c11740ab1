/** What nodes of the mission say, short enough to read a history at a glance. */
export const ask = (term: number): { kind: string; term: number } => ({ kind: 'ask-vote', term })
export const vote = (term: number, granted = true): { kind: string; term: number; granted: boolean } => ({ kind: 'vote', term, granted })
export const beat = (term: number, n = 1): { kind: string; term: number; beat: number } => ({ kind: 'beat', term, beat: n })
export const ack = (term: number, n = 1): { kind: string; term: number; beat: number } => ({ kind: 'beat-ack', term, beat: n })
export const stamped = (term: number): { kind: string; parcel: number; term: number } => ({ kind: 'stamped', parcel: 1, term })
