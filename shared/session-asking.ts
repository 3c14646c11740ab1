import { no, yes } from './session.ts'
import type { Change, ClassRecord, Question } from './session.ts'

/** What the instructor asks the class in a round, and what all may see of its score: changes of the class's record, as those of `session.ts`. */

/** Opens a question. `n` counts the questions of the class. */
export function ask(record: ClassRecord, question: Pick<Question, 'n' | 'text' | 'options'>): Change {
  if (record.phase !== 'round') return no('No round is being played.')
  if (record.question?.open === true) return no('A question is open already. Close it first.')
  if (new Set(question.options).size < question.options.length) return no('Two answers are the same. Make them different.')
  return yes({ ...record, questions: question.n, question: { ...question, open: true } })
}

/** No more answers: everybody sees how many chose what. */
export function closeQuestion(record: ClassRecord): Change {
  const { question } = record
  if (question === undefined) return no('No question is open.')
  return question.open ? yes({ ...record, question: { ...question, open: false } }) : yes(record)
}

/** Takes the question off all screens; nothing changes where there is none. */
export function dismissQuestion(record: ClassRecord): Change {
  if (record.question === undefined) return yes(record)
  const { question: _gone, ...rest } = record
  return yes(rest)
}

/** Whether students and the wall see safety and p99 while they play. A live score tells a node what it cannot know, so it is the instructor's choice. */
export function showScores(record: ClassRecord, live: boolean): Change {
  return record.phase === 'closed' ? no('This class has ended.') : yes({ ...record, scoresLive: live })
}
