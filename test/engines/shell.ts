import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { given } from './answer.ts'
import { answerTo } from './program.ts'

/** The program in an engine that has files: `shell WORK ANSWER`. */
const [workFile, answerFile] = process.argv.slice(2)
if (workFile === undefined || answerFile === undefined) throw new Error('usage: shell WORK ANSWER')
const work = z.array(given).parse(JSON.parse(readFileSync(workFile, 'utf8')))
writeFileSync(answerFile, JSON.stringify(answerTo(work)))
