/** Reads a log as ShiViz does, and holds it to what ShiViz checks when it builds its graph. */

export interface Event { text: string; host: string; clock: { readonly [host: string]: number } }

/** The events of a log, by the expression in its first line; the second line would split it into several logs. */
export function readLog(file: string): Event[] {
  const [parser = '', delimiter = '', ...rest] = file.split('\n')
  if (delimiter.trim() !== '') throw new Error('several logs in one file')
  return readPasted(rest.join('\n'), parser)
}

/** The same of a log that is pasted, with an expression in ShiViz' form field. */
export function readPasted(log: string, parser: string): Event[] {
  return [...log.trim().matchAll(new RegExp(parser, 'gm'))].map(({ groups = {} }) => ({
    text: groups['event'] ?? '', host: groups['host'] ?? '', clock: JSON.parse(groups['clock'] ?? '') as Event['clock'],
  }))
}

/** What ShiViz would refuse, in words: a clock without its own entry, one that does not start at 1 or rises by more than 1, one that knows an event that is not there. */
export function logComplaints(events: readonly Event[]): string[] {
  const counts: { [host: string]: number } = {}
  const complaints = events.flatMap(({ host, clock }, at) => {
    const own = clock[host]
    const expected = (counts[host] ?? 0) + 1
    counts[host] = expected
    return own === expected ? [] : [`event ${at} of ${host} has ${own}, not ${expected}`]
  })
  for (const [at, { clock }] of events.entries()) {
    for (const [host, count] of Object.entries(clock)) if (count < 1 || count > (counts[host] ?? 0)) complaints.push(`event ${at} knows event ${count} of ${host}, which is not there`)
  }
  return complaints
}
