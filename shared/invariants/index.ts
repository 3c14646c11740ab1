/** Claims that missions share, made from readers of a mission's facts. A claim is one file and one line here. */
export { electionSafety } from './election-safety.ts'
export { oneVote } from './one-vote.ts'
export { quorumToLead } from './quorum-to-lead.ts'
