import { releasesOf, ruleEntries } from '../review/rules';
import { explainText } from './explain';
import { rulesJson, rulesText } from './rules';

describe('explain', () => {
  test('says of a rule all that it says about itself', () => {
    expect(explainText('disk-bus-known')).toBe(`disk-bus-known (error)

The bus of a disk is sata, scsi, usb or virtio.

asked of:     VirtualMachine, VirtualMachineInstance, VirtualMachineInstanceReplicaSet, VirtualMachinePool
releases:     every one that is held
written in:   KubeVirt, pkg/storage/admitters/disks.go:validateBusSupport
see:          https://github.com/kubevirt/kubevirt/blob/v1.9.0/pkg/storage/admitters/disks.go
effect:       the API server or a webhook refuses it, or drops what was meant
to accept it: --accept 'disk-bus-known@KIND/NAME=REASON', or the annotation accept.cdk8s-kubevirt/disk-bus-known: REASON
example:      docs/rules.md#disk-bus-known
`);
  });

  test('explains every rule', () => {
    for (const [id, { sentence }] of ruleEntries()) expect(explainText(id)).toContain(sentence);
    expect(ruleEntries().size).toBeGreaterThan(500);
  });

  test.each([
    ['disk-bus-knwon', "'RULE' must be the id of a rule, got \"disk-bus-knwon\"; write 'disk-bus-known'"],
    ['nonsense', '\'RULE\' must be the id of a rule, got "nonsense"; list them with: cdk8s-kubevirt rules'],
  ])('fails when %s is not a rule', (id, message) => {
    expect(() => explainText(id)).toThrow(message);
  });

  test.each([
    [{}, 'every one that is held'],
    [{ since: 'v1.7.4' }, 'v1.7.4 and later'],
    [{ until: 'v1.8.4' }, 'up to v1.8.4'],
    [{ since: 'v1.6.2', until: 'v1.8.4' }, 'v1.6.2 to v1.8.4'],
    [{ unchecked: ['v1.5.3'] }, 'every one that is held; not checked for v1.5.3'],
  ])('says of the releases %j: %s', (releases, text) => expect(releasesOf(releases)).toBe(text));
});

describe('rules', () => {
  test('lists each rule on one line', () => {
    const lines = rulesText().trimEnd().split('\n');
    expect(lines).toHaveLength(ruleEntries().size);
    expect(lines.find((line) => line.startsWith('volume-name-unique '))).toMatch(
      /^volume-name-unique +error +Each volume has a name of its own\.$/,
    );
  });

  test('writes them as JSON', () => {
    const entries = JSON.parse(rulesJson()) as { id: string; kinds: string[] }[];
    expect(entries.find(({ id }) => id === 'migration-name-given')).toEqual({
      id: 'migration-name-given',
      sentence: 'A migration names the machine that it moves.',
      severity: 'error',
      kinds: ['VirtualMachineInstanceMigration'],
      source:
        'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/migration-create-admitter.go:ValidateVirtualMachineInstanceMigrationSpec',
      help: 'https://github.com/kubevirt/kubevirt/blob/v1.9.0/pkg/virt-api/webhooks/validating-webhook/admitters/migration-create-admitter.go',
    });
  });
});
