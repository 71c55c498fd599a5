import fc from 'fast-check';
import { PackageURL } from 'packageurl-js';
import { canonicalPurl, purlOf } from '../../../server/software/versions/purl.ts';
import { describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

/** The canonical form by the library alone, and PEP 503. */
function byLibrary(text: string): { package: string; version: string | null } | null {
  try {
    const purl = PackageURL.fromString(text);
    const name = purl.type === 'pypi' ? purl.name.replace(/[-_.]+/g, '-').toLowerCase() : purl.name;
    const bare = new PackageURL(purl.type, purl.namespace, name, undefined, undefined, undefined);
    return { package: bare.toString(), version: purl.version?.trim() || null };
  } catch {
    return null;
  }
}

describe('a canonical purl', () => {
  it('[F956] has neither version, qualifiers nor subpath, and a name of PyPI as PEP 503 writes it', () => {
    expect(canonicalPurl('pkg:pypi/Zope__.Interface@5.0?x=y#a/b')).toEqual({ package: 'pkg:pypi/zope-interface', version: '5.0' });
    expect(canonicalPurl('pkg:npm/%40Babel/core@7.0')).toEqual({ package: 'pkg:npm/%40babel/core', version: '7.0' });
    expect(canonicalPurl('pkg:npm/@babel/core@7.0')).toEqual({ package: 'pkg:npm/%40babel/core', version: '7.0' });
    expect(canonicalPurl('pkg:deb/debian/libc6@1%3A2.31%2Bdeb11?arch=amd64&upstream=glibc%402.31')).toEqual({
      package: 'pkg:deb/debian/libc6',
      version: '1:2.31+deb11',
    });
    expect(canonicalPurl('pkg:swift/github.com/a/b')).toEqual({ package: 'pkg:swift/github.com/a/b', version: null });
    expect(purlOf('npm', '@babel', 'core')).toBe('pkg:npm/%40babel/core');
    expect(purlOf('pypi', undefined, 'Zope_Interface')).toBe('pkg:pypi/zope-interface');
    for (const none of ['', 'pkg:', 'pkg:pypi', 'pypi/a', 'pkg:maven/no-group', 'pkg:npm/a b', 'http://a/b', 'pkg:npm/a?x=%zz'])
      expect([none, canonicalPurl(none)]).toEqual([none, null]);
  });

  it('[F956] is what the library gives for any purl that is read without it', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abzAZ019-_.~+:@/%4025?=&#'), maxLength: 12 });
    const type = fc.constantFrom('pypi', 'npm', 'maven', 'golang', 'cargo', 'gem', 'nuget', 'deb', 'apk', 'rpm', 'github', 'hex', 'NPM');
    const purl = fc
      .tuple(type, fc.array(letters, { minLength: 1, maxLength: 3 }), fc.option(letters), fc.option(letters))
      .map(
        ([kind, path, version, qualifiers]) =>
          `pkg:${kind}/${path.join('/')}${version === null ? '' : `@${version}`}${qualifiers === null ? '' : `?a=${qualifiers}`}`,
      );
    fc.assert(
      fc.property(purl, (text) => {
        const [own, library] = [canonicalPurl(text), byLibrary(text)];
        // A space stands in no purl, and the generator makes none. The version that a type does not admit says nothing about which package it is.
        if (library !== null) expect([text, own]).toEqual([text, library]);
      }),
      { numRuns: generatedRuns(5000) },
    );
  });

  it('[F956] is stable', () => {
    for (const text of [
      'pkg:pypi/A_b',
      'pkg:npm/%40A/b',
      'pkg:maven/org.X/Y',
      'pkg:golang/github.com/A/b',
      'pkg:deb/debian/libstdc%2B%2B6',
      'pkg:rpm/Fedora/Curl',
    ]) {
      const once = canonicalPurl(text)?.package as string;
      expect([text, canonicalPurl(once)?.package]).toEqual([text, once]);
    }
  });

  it('[F956] of a text that a search could go round in takes no time', () => {
    const startedAt = performance.now();
    canonicalPurl(`pkg:npm/a?${'a=b'.repeat(300)}!`);
    canonicalPurl(`pkg:maven/${'a/'.repeat(450)}!@`);
    canonicalPurl(`pkg:pypi/${'a-'.repeat(450)}!@`);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
