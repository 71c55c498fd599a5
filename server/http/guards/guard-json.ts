import { ExposureError } from '../../domain/errors.ts';

/** Limits of a JSON body. The largest honest body is `putFacts` with 10,000 facts, which has about 300,000 values. */
const maxDepth = 64;
const maxValues = 1_000_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Refuses a body that nests too deep or has too many values, before the body is parsed. Reads the bytes once, and leaves invalid
 * JSON to the parser. Throws LIMIT_EXCEEDED, BAD_USER_INPUT (an encoding other than UTF-8).
 *
 * @param body in UTF-8, where the bytes of brackets, commas and quotes are never part of another character
 */
export function guardJson(body: Uint8Array, encoding: string): void {
  if (encoding.toLowerCase() !== 'utf-8')
    throw new ExposureError('BAD_USER_INPUT', 'The body has another encoding than UTF-8; send UTF-8.');
  let depth = 0;
  let values = 1;
  let isInString = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (isInString) {
      if (byte === backslash) at++;
      else if (byte === quote) isInString = false;
    } else if (byte === quote) isInString = true;
    else if (byte === comma) values++;
    else if (byte === openBracket || byte === openBrace) {
      depth++;
      values++;
      if (depth > maxDepth)
        throw new ExposureError('LIMIT_EXCEEDED', `The JSON body is nested more than ${maxDepth} deep; send a flatter one.`);
    } else if (byte === closeBracket || byte === closeBrace) depth--;
    if (values > maxValues) {
      throw new ExposureError('LIMIT_EXCEEDED', 'The JSON body has more than 1,000,000 values; import a file instead.');
    }
  }
}
