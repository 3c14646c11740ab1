/** The missions, in the words of the page's language. */
export { scenarios } from '../shared/scenarios/index.ts'
