/** Everything has a limit, and all limits of a simulated cluster have this one home. */
export const NODES_MAX = 9
/** A round of one hour at four times the usual pace stays far below this. */
export const FACTS_MAX = 50_000_000
/** Letters that a node keeps; an older one is gone, as a slip of paper at the bottom of a pile. */
export const INBOX_MAX = 24
/** Requests that wait at one node; a customer who finds the queue full is turned away. */
export const REQUESTS_WAITING_MAX = 24
/** What may queue at a paused or a slow node: the receive buffer of its machine. More is lost. */
export const HELD_MAX = 512
/** Due times remembered of one alarm: more than a student can choose between in the time that one takes. */
export const FIRED_MAX = 32
/** Alarms that may go off on one node within one millisecond: more is a rule set that never comes to rest. */
export const ALARMS_PER_MS_MAX = 64
/** Faults active in one cluster at a time. */
export const FAULTS_MAX = 32
/** Copies of one message, the original included. */
export const COPIES_MAX = 4
/** Longest simulated time, in ms: a day. */
export const TIME_MS_MAX = 86_400_000
/** Shortest round, in ms. */
export const DURATION_MS_MIN = 1_000
/** How far apart the clocks of a cluster may start, in ms either way. */
export const CLOCK_OFFSET_MS_MAX = 5_000
/** What every clock shows at the start of a round, before its offset, so that none begins below zero. */
export const CLOCK_START_MS = 10_000
/** How much a clock gains or loses at most, in millionths, however many faults add up: it never stops, nor runs backwards. */
export const DRIFT_PPM_MAX = 900_000
/** A request that was sent on may be sent on this often; then it waits where it is. */
export const HOPS_MAX = 6
/** Things a node said that it counts attempts of; the older half is forgotten beyond this. */
export const ATTEMPTS_MAX = 4_096
/** Longest travel time that a fault can draw, in ms: heavy tails are cut off here. */
export const TRAVEL_MS_MAX = 120_000
/** Copies that one direction of a link keeps back, on hold or in the queue of a rate limit; more are lost. */
export const PARKED_MAX = 512
/** How long a copy that is to be overtaken waits for others to pass it, in ms. */
export const OVERTAKEN_MS_MAX = 20_000
/** Shortest phase of a fault that comes and goes, in ms: it turns five times a second at most. */
export const PHASE_MS_MIN = 200
