import { Json } from '../../rule';
import { testRules } from '../../testing/rule-tester';
import { SSP_RULES } from './ssp';

const cluster = (value?: Json): Json => ({ spec: { enableMultipleArchitectures: true, cluster: value } });
const template = (metadata?: Json): Json => ({
  spec: { commonTemplates: { namespace: 'os', dataImportCronTemplates: [{ metadata, spec: {} }] } },
});

describe('SSP', () =>
  testRules(SSP_RULES, [
    {
      rule: 'ssp-cluster-given',
      accepts: cluster({ workloadArchitectures: ['amd64'] }),
      refuses: { spec: { commonTemplates: { namespace: 'os' }, enableMultipleArchitectures: true } },
      field: 'spec.cluster',
      says: 'be given',
    },
    {
      rule: 'ssp-cluster-architectures',
      accepts: cluster({ workloadArchitectures: ['amd64', 'arm64'], controlPlaneArchitectures: ['s390x'] }),
      refuses: {
        spec: { commonTemplates: { namespace: 'os' }, cluster: { workloadArchitectures: ['amd64', 'x86_64'] } },
      },
      field: 'spec.cluster.workloadArchitectures[1]',
      says: 'got "x86_64"',
    },
    {
      rule: 'ssp-cluster-architectures',
      accepts: cluster({ controlPlaneArchitectures: ['s390x'] }),
      refuses: cluster({ workloadArchitectures: [] }),
      field: 'spec.cluster',
      says: 'got {"workloadArchitectures":[]}',
    },
    {
      rule: 'ssp-cron-template-name',
      accepts: template({ name: 'fedora' }),
      refuses: template({}),
      field: 'spec.commonTemplates.dataImportCronTemplates[0].metadata.name',
      says: 'be given',
    },
  ]));
