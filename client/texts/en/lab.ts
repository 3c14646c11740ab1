/** What the lab says. */
export const texts = {
  pageTitle: 'The lab, Netsplit',
  title: 'Lab: heartbeats and timeouts',
  lead: 'Three nodes beat. Now and then a beat is late. An observer asks again and again how long each has been silent, and suspects whoever was silent for longer than the timeout. Nobody has crashed: every suspicion here is a mistake.',
  dials: 'What you set',
  interval: 'A beat every', slow: 'Late beats', least: 'Late by at least', most: 'Late by at most', timeout: 'Timeout',
  seconds: (value: string): string => `${value} s`,
  percent: (value: string): string => `${value}%`,
  reset: 'Back to the start',
  again: 'Other beats',
  wrongly: 'of the polls suspect a node that lives',
  noticed: 'until a crash is noticed, on average',
  shareTitle: 'Wrong suspicions',
  shareNote: 'share of polls, by timeout',
  delayTitle: 'Until a crash is noticed',
  delayNote: 'seconds, by timeout',
  shareSpoken: (from: string, first: string, to: string, last: string, here: string, now: string): string =>
    `The share of polls that suspect falls from ${first} at a timeout of ${from} to ${last} at ${to}. At ${here} it is ${now}.`,
  delaySpoken: (from: string, first: string, to: string, last: string, here: string, now: string): string =>
    `The time until a crash is noticed rises from ${first} at a timeout of ${from} to ${last} at ${to}. At ${here} it is ${now}.`,
  stripTitle: 'One run',
  stripNote: (seconds: number): string => `the first ${seconds} s of it; a stroke is a beat, a hatched bar a wrong suspicion`,
  stripSpoken: (node: string, beats: number, suspicions: number): string => `${node}: ${beats} beats, ${suspicions} ${suspicions === 1 ? 'suspicion' : 'suspicions'}`,
  runs: (runs: number, seconds: number): string => `${runs} runs of ${seconds} s each, the same beats for every timeout.`,
  calculus: (share: string): string => `Calculus says ${share}.`,
  timeoutHere: (value: string): string => `timeout ${value}`,
  ask: 'A shorter timeout notices a crash sooner. What does it cost? Where would you set it?',
}
