import { objectAt, objectsAt, textAt, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { topic } from '../shared/topic';
import { must, mustBeOneOf } from '../shared/wording';

const FILE = 'SSP, webhooks/ssp_webhook.go';
const ARCHITECTURES = ['amd64', 'arm64', 's390x'];
const LISTS = ['workloadArchitectures', 'controlPlaneArchitectures'] as const;

/** Rules for an SSP object; the keys for several architectures are of v0.24 on, and are dropped before. */
export const SSP_RULES: readonly Rule[] = topic({ kinds: ['SSP'] }, [
  {
    id: 'ssp-cluster-given',
    sentence: 'The architectures of the cluster are given where images of several are asked for.',
    source: `${FILE}:validateCluster`,
    check: ({ object }, note) => {
      if (valueAt(object, 'spec', 'enableMultipleArchitectures') !== true) return;
      if (objectAt(object, 'spec', 'cluster') !== undefined) return;
      note('spec.cluster', must('cluster', "be given with 'enableMultipleArchitectures'", undefined));
    },
  },
  {
    id: 'ssp-cluster-architectures',
    sentence: 'The cluster has at least one architecture, and each is one that SSP knows.',
    source: `${FILE}:validateCluster`,
    check: ({ object }, note) => {
      const cluster = objectAt(object, 'spec', 'cluster');
      if (cluster === undefined) return;
      const lists = LISTS.map((key) => [key, Array.isArray(cluster[key]) ? cluster[key] : []] as const);
      if (lists.every(([, list]) => list.length === 0)) {
        note('spec.cluster', must('cluster', "have 'workloadArchitectures' or 'controlPlaneArchitectures'", cluster));
      }
      for (const [key, list] of lists) {
        for (const [index, one] of list.entries()) {
          if (ARCHITECTURES.includes(one as string)) continue;
          note(`spec.cluster.${key}[${index}]`, mustBeOneOf(key, ARCHITECTURES, one));
        }
      }
    },
  },
  {
    id: 'ssp-cron-template-name',
    sentence: 'Each template of a cron has a name.',
    source: `${FILE}:validateDataImportCronTemplates`,
    check: ({ object }, note) => {
      objectsAt(object, 'spec', 'commonTemplates', 'dataImportCronTemplates').forEach((template, index) => {
        if (textAt(template, 'metadata', 'name') !== '') return;
        const field = `spec.commonTemplates.dataImportCronTemplates[${index}].metadata.name`;
        note(field, must('name', 'be given', valueAt(template, 'metadata', 'name')));
      });
    },
  },
]);
