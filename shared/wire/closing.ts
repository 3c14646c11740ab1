/**
 * How the room says that a page will not get back in by itself: the code of a refused join or of a closed connection.
 * Colyseus keeps 4000 to 4010. Everything else that ends a connection is worth another try.
 */
export const CLOSING = {
  /** The same seat was opened in another tab, which plays it now. */
  takenOver: 4100,
  /** The instructor took this student out of the class. */
  removed: 4101,
  /** The instructor ended the class for good. */
  classEnded: 4102,
  /** Far too many messages: this is no page of ours. */
  flooding: 4103,
  /** The join was refused: bad name, wrong secret, unknown token, full class. Its message is a sentence for the page. */
  refused: 4104,
} as const
export type Closing = keyof typeof CLOSING
