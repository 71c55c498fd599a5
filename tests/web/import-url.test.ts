import { answerHref, importHref, parseImportPlace } from '../../web/shared/url/import-url.ts';
import { describe, expect, it } from '../support/test.ts';

function read(href: string) {
  const { pathname, searchParams } = new URL(href, 'http://localhost');
  return parseImportPlace(pathname, searchParams);
}

describe('the URL of an import', () => {
  it.each([
    [null, null, 'changes'],
    ['imp-1', null, 'changes'],
    ['imp-1', 'upload', 'changes'],
    ['imp-1', 'list', 'changes'],
    ['imp-1', 'questions', 'changes'],
    ['imp-1', 'names', 'changes'],
    ['imp-1', 'preview', 'rejects'],
    ['a/b ?#%', 'commit', 'changes'],
  ] as const)('[W20] of import %s at step %s, showing %s, reads back as it was written', (id, step, show) => {
    expect(read(importHref(id, step, show))).toEqual({ id, step: id === null ? null : step, show, respondent: null });
  });

  it('[W20] keeps a malformed id as it is, and ignores an unknown step', () => {
    expect(read('/import/%E0%A4%A?step=map&show=all')).toEqual({ id: '%E0%A4%A', step: null, show: 'changes', respondent: null });
  });

  it('[W220] of an answer names who answers', () => {
    expect(read(answerHref('a & b'))).toEqual({ id: null, step: null, show: 'changes', respondent: 'a & b' });
  });
});
