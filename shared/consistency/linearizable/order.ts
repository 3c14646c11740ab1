import type { Operation } from '../history.ts'

/** Whether `a` has to come before `b` in every order that a check allows; not before itself. What explains a break in these terms is true of linearizability and of sequential consistency alike. */
export type Before = (a: Operation, b: Operation) => boolean

/** Linearizability: what was over before another began comes before it. Unanswered operations are never over. */
export const inTime: Before = (a, b) => a.status === 'ok' && a.ret !== null && a.ret < b.call

/** Sequential consistency: only what one client did is in order (Lamport, "How to make a multiprocessor computer...", 1979). What follows an unanswered operation is not after it. */
export const ofOneClient: Before = (a, b) => a.client === b.client && inTime(a, b)
