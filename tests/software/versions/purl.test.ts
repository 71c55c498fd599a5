import { isNameMatch, type ListEcosystems, readPlainName } from '../../../server/software/versions/name-match.ts';
import { canonicalPackage, readPurl, shortName } from '../../../server/software/versions/purl.ts';
import { expect, it } from '../../support/test.ts';

it.each([
  ['pkg:pypi/Lite_LLM.x@1.0?x=y#z', 'pkg:pypi/lite-llm-x', '1.0', 'lite-llm-x'],
  ['pkg:PyPI/lite--llm', 'pkg:pypi/lite-llm', null, 'lite-llm'],
  ['pkg:npm/%40Scope/Kit@1.2.3', 'pkg:npm/%40scope/kit', '1.2.3', '@scope/kit'],
  ['pkg:npm/@scope/kit@1.2.3', 'pkg:npm/%40scope/kit', '1.2.3', '@scope/kit'],
  ['pkg:maven/org.example/App@1?type=jar', 'pkg:maven/org.example/App', '1', 'org.example:App'],
  ['pkg:golang/github.com/owner/module@v1.2.3#sub', 'pkg:golang/github.com/owner/module', 'v1.2.3', 'github.com/owner/module'],
  ['pkg:pypi/litellm@1.82.7%2Bcu118', 'pkg:pypi/litellm', '1.82.7+cu118', 'litellm'],
])('[S856] %s has one canonical package', (text, expected, version, name) => {
  expect(readPurl(text)).toEqual({ package: expected, version });
  expect(canonicalPackage(expected)).toBe(expected);
  expect(shortName(expected)).toBe(name);
});

it.each(['litellm', 'pkg:', 'pkg:pypi/', 'pkg:pypi', 'https://example.org', 'pkg:pypi/%'])('[S856] %s is no purl', (text) => {
  expect(readPurl(text)).toBeUndefined();
});

const [npm, pypi] = [{ only: 'npm' }, { only: 'pypi' }];

it.each<[string, string, ListEcosystems, boolean]>([
  ['pip:LiteLLM', 'pkg:pypi/litellm', 'SEVERAL', true],
  ['pypi: lite_llm', 'pkg:pypi/lite-llm', npm, true],
  ['npm:litellm', 'pkg:pypi/litellm', pypi, false],
  ['litellm', 'pkg:pypi/litellm', pypi, true],
  ['litellm', 'pkg:pypi/litellm', npm, false],
  ['litellm', 'pkg:pypi/litellm', 'SEVERAL', false],
  ['Lite LLM', 'pkg:pypi/lite-llm', 'NONE', true],
  ['lite-llm', 'pkg:pypi/litellm', pypi, false],
  ['scope/kit', 'pkg:npm/%40scope/kit', npm, true],
  ['@scope/kit', 'pkg:npm/%40scope/kit', 'NONE', true],
  ['kit', 'pkg:npm/%40scope/kit', 'NONE', false],
  ['org.example:app', 'pkg:maven/org.example/app', 'NONE', true],
  ['app', 'pkg:maven/org.example/app', { only: 'maven' }, true],
])('[S857] a component %s without a purl is %s in a list of %s: %s', (name, packageName, ecosystems, expected) => {
  expect(isNameMatch(readPlainName(name), packageName, ecosystems)).toBe(expected);
});
