import { Menu } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { ARTIFACT_TYPE_WORDS, capitalize, TIER_WORDS, TIERS } from '../../../../shared/format/words.ts';
import type { ArtifactType } from '../../../../shared/generated/operations.ts';
import { TierDisc } from '../../../../shared/marks/tier-disc.tsx';
import type { BlastState } from '../../../../shared/url/blast-radius-url.ts';
import type { RadiusAnswer } from '../../lanes-radius.ts';
import type { ChangeBlast } from '../../use-blast-view.ts';

interface FilterChoicesProps {
  readonly labTiers: RadiusAnswer['allLabTiers'];
  readonly state: BlastState;
  readonly change: ChangeBlast;
}

type Choice = readonly [key: string | number, word: string, isChosen: boolean, next: Partial<BlastState>, mark?: ReactNode];

const SENSITIVITIES = [5, 4, 3, 2];

/** The filters by tier, sensitivity, type and lab, as the items of a menu. */
export function FilterChoices({ labTiers, state, change }: FilterChoicesProps) {
  const { tiers, labs: chosenLabs, types, minSensitivity } = state;
  const labs = [...new Map(labTiers.map(({ lab }) => [lab.id, lab])).values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const toggle = <T extends string>(list: readonly T[], value: T): readonly T[] =>
    list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
  const groups: readonly (readonly [title: string, readonly Choice[]])[] = [
    [
      'Tier',
      TIERS.map((tier) => [
        tier,
        TIER_WORDS[tier].word,
        tiers.includes(tier),
        { tiers: toggle(tiers, tier) },
        <TierDisc key={tier} tier={tier} />,
      ]),
    ],
    [
      'Sensitivity',
      SENSITIVITIES.map((level) => {
        const isChosen = minSensitivity === level;
        return [level, level === 5 ? 'Only 5' : `${level} or higher`, isChosen, { minSensitivity: isChosen ? null : level }];
      }),
    ],
    [
      'Type',
      (Object.entries(ARTIFACT_TYPE_WORDS) as [ArtifactType, string][]).map(([type, word]) => [
        type,
        capitalize(word),
        types.includes(type),
        { types: toggle(types, type) },
      ]),
    ],
    ['Lab', labs.map(({ id, name }) => [id, name, chosenLabs.includes(id), { labs: toggle(chosenLabs, id) }])],
  ];
  return groups.map(([title, items]) => (
    <Fragment key={title}>
      {items.length > 0 && <Menu.Label>{title}</Menu.Label>}
      {items.map(([key, word, checked, next, mark]) => (
        <Menu.CheckboxItem key={key} checked={checked} onChange={() => change(next)} rightSection={mark}>
          {word}
        </Menu.CheckboxItem>
      ))}
    </Fragment>
  ));
}
