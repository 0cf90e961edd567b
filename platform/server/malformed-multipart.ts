/**
 * What the parser of multipart bodies throws about bytes that are none. It throws plain errors, so they are known by their words; the fuzz
 * test of uploads fails when the words change.
 */
const WORDS =
  /Boundary not found|unexpected end of multipart data|needle cannot (?:be empty|be an empty|have a length)/i

/** True for an error that tells of a broken body, not of a bug. */
export const isMalformedMultipart = (error: Error): boolean => WORDS.test(error.message)
