import { expect, test } from 'vitest'
import { reachableHosts } from '../../server/addresses.ts'

test.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('a server on %s is reached by nobody else', (host) => expect(reachableHosts(host)).toEqual([]))

test('a server on one address is reached there, in the form that a URL has', () => {
  expect(reachableHosts('192.168.1.20')).toEqual(['192.168.1.20'])
  expect(reachableHosts('fe80::20')).toEqual(['[fe80::20]'])
  expect(reachableHosts('classroom.example')).toEqual(['classroom.example'])
})

test.each(['0.0.0.0', '::'])('a server on %s is reached at every address of this machine but its own loopback', (host) => {
  for (const one of reachableHosts(host)) expect(one).toMatch(/^(?!127\.)\d+\.\d+\.\d+\.\d+$/)
})
