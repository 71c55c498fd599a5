import { controlWords } from '../../web/shared/controls/control-states.ts';
import { expect, it } from '../support/test.ts';

it.each([
  ['MFA', 'MFA'],
  ['ENCRYPTION_AT_REST', 'Encryption at rest'],
  ['ISO_27001', 'ISO 27001'],
  ['SOC_2', 'SOC 2'],
  ['constructor', 'Constructor'],
  ['toString', 'Tostring'],
  ['__proto__', '  proto  '],
])('[W353] a control named %s is shown by its name', (control, shown) => {
  expect(controlWords(control)).toBe(shown);
});
