import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleEntries } from '../../review/rules';

const ROOT = join(__dirname, '..', '..');
const PAGE = readFileSync(join(ROOT, 'docs', 'rules.md'), 'utf8');

describe('docs/rules.md', () => {
  test('has a section for every rule, once', () => {
    const titles = [...PAGE.matchAll(/^## (\S+)$/gm)].map(([, id]) => id);
    expect(titles).toEqual([...ruleEntries().keys()]);
  });

  test('shows a part of a machine that a rule refuses', () => {
    const [, section] = PAGE.split('## hostname-label\n');
    expect(section?.split('\n## ')[0]).toBe(`
The host name is an RFC 1123 label.

- error · VirtualMachine, VirtualMachineInstance, VirtualMachineInstanceReplicaSet, VirtualMachinePool · every one that is held
- [KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/vmi-create-admitter.go:validateHostNameNotConformingToDNSLabelRules](https://github.com/kubevirt/kubevirt/blob/v1.9.0/pkg/virt-api/webhooks/validating-webhook/admitters/vmi-create-admitter.go)

\`\`\`yaml
kind: VirtualMachine
spec:
  template:
    spec:
      hostname: Web
\`\`\`
`);
  });

  test('is what the rules and their examples say', () => {
    const options = { cwd: ROOT, encoding: 'utf8' } as const;
    const args = ['--require', './scripts/source-loader.cjs', 'scripts/docs/rules.ts', '--check'];
    expect(execFileSync(process.execPath, args, options)).toBe('');
  });
});
