import { expect, test } from 'vitest'
import { comparisons } from './compared.ts'

test.each(comparisons)('$id: no random round of a hundred thousand is judged otherwise than by definition', ({ search }) => expect(search(100_000).wrong).toBeNull())
