import { describeRetractionRefusal, mayRetract } from '../../server/rules/may-retract.ts';
import { describe, expect, it } from '../support/test.ts';

const ada = { name: 'ada', isAdministrator: false };
const bob = { name: 'bob', isAdministrator: false };
const root = { name: 'root', isAdministrator: true };

describe('[U500] a retraction needs an administrator, or whoever imported all that goes', () => {
  it.each([
    { retractors: [root], importedBy: ['ada', 'bob'], may: true },
    { retractors: [ada], importedBy: ['ada'], may: true },
    { retractors: [ada], importedBy: [], may: true },
    { retractors: [bob], importedBy: ['ada'], may: false },
    { retractors: [bob], importedBy: ['ada', 'bob'], may: false },
    // The one who decides and the one who commits must both be allowed to.
    { retractors: [root, bob], importedBy: ['ada'], may: false },
    { retractors: [bob, root], importedBy: ['ada'], may: false },
    { retractors: [ada, root], importedBy: ['ada'], may: true },
    { retractors: [ada, bob], importedBy: ['ada'], may: false },
  ])('$retractors of what $importedBy imported: $may', ({ retractors, importedBy, may }) => {
    expect(mayRetract(retractors, importedBy)).toBe(may);
  });

  it('the refusal names who may, and what else can be done', () => {
    expect(describeRetractionRefusal([root, bob], ['cleo', 'bob', 'ada'])).toBe(
      'bob may not remove what ada, cleo imported: that needs an administrator, or the person who imported all of it. End it on a date or keep it instead, or ask an administrator.',
    );
    expect(describeRetractionRefusal([ada], ['a', 'b', 'c', 'd', 'e'])).toContain('what a, b, c and 2 more imported');
  });
});
