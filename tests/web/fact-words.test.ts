import { wordsOf } from '../../web/features/inspector/fact-words.ts';
import { expect, it } from '../support/test.ts';

it.each([
  ['MFA', 'MFA'],
  ['SELF_ATTESTED', 'Self attested'],
  ['ISO 27001', 'Iso 27001'],
  ['constructor', 'Constructor'],
  ['toString', 'Tostring'],
  ['__proto__', '  proto  '],
])('[W353] a control named %s is shown by its name', (control, shown) => {
  expect(wordsOf(control)).toBe(shown);
});
