/** Claims that missions share, made from readers of a mission's facts. A claim is one file and one line here. */
export { electionSafety } from './election-safety.ts'
export { leaderCompleteness } from './leader-completeness.ts'
export { logMatching } from './log-matching.ts'
export { noLostCommit } from './no-lost-commit.ts'
export { oneVote } from './one-vote.ts'
export { quorumBeforeAck } from './quorum-before-ack.ts'
export { quorumToLead } from './quorum-to-lead.ts'
export { stateMachineSafety } from './state-machine-safety.ts'
