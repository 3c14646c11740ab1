/** A text that is no history: what was found and what was expected, and at which character, or null when it is about the whole text. */
export class Unreadable extends Error {
  override name = 'Unreadable'
  readonly at: number | null
  constructor(message: string, at: number | null) {
    super(message)
    this.at = at
  }
}

/** Deepest nesting of values that is read. A history needs five levels; a hostile text must not exhaust the stack. */
export const NESTING_MAX = 100
/** Characters of a text that a refusal quotes. */
const QUOTED_MAX = 40

/** A text cut short for a sentence, with no character that moves a cursor or turns the direction of writing. */
export function quoted(text: string): string {
  const plain = text.slice(0, QUOTED_MAX).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, '?')
  return text.length > QUOTED_MAX ? `${plain}...` : plain
}

/** Characters below U+0020 but blanks and ends of lines: what no text has, and what JSON forbids within one. */
export const CONTROL = /(?![\u007f-\u009f\t\n\r\f\v])\p{Cc}/u

/** Reads a text from left to right. Both formats of a history are read with it. */
export class Scanner {
  readonly text: string
  at = 0
  constructor(text: string) {
    this.text = text
  }

  /** The next character, or an empty string at the end. */
  peek(): string {
    return this.text.charAt(this.at)
  }

  /** Whether a bracket closes here. */
  closes(): boolean {
    return this.peek() !== '' && ')]}'.includes(this.peek())
  }

  /** What matches here, and steps over it; an empty string for nothing. `pattern` must be sticky. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const [found = ''] = pattern.exec(this.text) ?? []
    this.at += found.length
    return found
  }

  /** Steps over one character if it is this one. */
  skip(character: string): boolean {
    if (this.peek() !== character) return false
    this.at++
    return true
  }

  /** Throws `Unreadable`: what should have stood here. */
  expected(what: string, at = this.at): never {
    this.at = at
    const found = this.take(/[^\s,;"()[\]{}]+|[^]/yu)
    throw new Unreadable(`expected ${what}, found ${found === '' ? 'the end' : quoted(found)}`, at)
  }

  /**
   * A text in double quotes; the first of them is the next character. `escape` reads what follows a backslash. Long runs without
   * escapes are taken at once, since texts of strangers may have megabytes of them.
   */
  string(escape: () => string): string {
    const from = this.at++
    let value = ''
    for (;;) {
      value += this.take(/[^"\\]+/y)
      if (this.skip('"')) return value
      if (this.skip('\\')) value += escape()
      else throw new Unreadable('expected the closing quote of this text, found the end', from)
    }
  }

  /** Four hexadecimal digits after `\u`. */
  codeUnit(): string {
    const digits = this.take(/[0-9a-fA-F]{4}/y)
    if (digits === '') this.expected('four hexadecimal digits after \\u')
    return String.fromCharCode(Number.parseInt(digits, 16))
  }
}

/** Lines of a text, for refusals and witnesses. Built once, asked in logarithmic time. */
export class Lines {
  private readonly starts: number[] = [0]
  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1)
  }
  /** The number, from 1, of the line on which this character stands. */
  of(at: number): number {
    let low = 0, high = this.starts.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((this.starts[middle] as number) <= at) low = middle
      else high = middle
    }
    return low + 1
  }
}
