import { diff, parseManifests } from 'cdk8s-kubevirt/review';
import { STEP_CHANGES } from './disk-texts';
import { synthScenario } from './testing/scenario';

describe("the table of chapter 2's runbook", () => {
  const files = [...synthScenario()].filter(([name]) => /^2-secondary-disks\/.*\.k8s\.yaml$/.test(name));
  const options = {
    kubevirt: 'v1.6.2',
    cdi: 'v1.63.1',
    featureGates: ['DeclarativeHotplugVolumes', 'ExpandDisks'],
    bound: true,
  };

  test('says what a comparison of the steps says', () => {
    const standing: unknown[] = [];
    const rows = files.flatMap(([name, text]) => {
      const before = [...standing];
      standing.push(...parseManifests(text, name));
      const { changes } = diff(before, standing, options);
      const step = name.replace('2-secondary-disks/', '').replace('.k8s.yaml', '');
      return changes
        .filter(({ consequence }) => String(consequence) !== 'created')
        .map(({ message, consequence }) => [step, message, String(consequence)]);
    });
    expect(rows).toEqual(STEP_CHANGES.map(([step, change, consequence]) => [step, change, consequence]));
  });
});
