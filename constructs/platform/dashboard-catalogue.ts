import { k8s } from 'cdk8s-plus-27';

const GROUP = 'kubevirt-manager.io';

/** The label of what the dashboard lists: k8s-apis.service.ts, getPriorityClasses (1.5.2). */
export const MANAGED = { [`${GROUP}/managed`]: 'true' };

/** The kinds of source that an image may have. */
const SOURCES = ['http', 'registry', 's3', 'gcs', 'pvc'];

const TEXT: k8s.JsonSchemaProps = { type: 'string' };

/** The CustomResourceDefinition of the images that VMs can be made from: kubernetes/crd.yaml (1.5.2). */
export function renderImageDefinition(): k8s.CustomResourceDefinitionSpec {
  return {
    group: GROUP,
    scope: 'Namespaced',
    names: { kind: 'Image', plural: 'images', singular: 'image', shortNames: ['img'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openApiv3Schema: { type: 'object', properties: { spec: renderImageSpec() } } },
        additionalPrinterColumns: [
          { name: 'Type', type: 'string', jsonPath: '.spec.type' },
          { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
        ],
      },
    ],
  };
}

function renderImageSpec(): k8s.JsonSchemaProps {
  const address: k8s.JsonSchemaProps = { type: 'object', properties: { url: TEXT } };
  return {
    type: 'object',
    required: ['type', 'readableName'],
    oneOf: SOURCES.map((source) => ({ required: [source] })),
    properties: {
      type: { type: 'string', enum: SOURCES },
      credentials: TEXT,
      readableName: TEXT,
      readableDescription: TEXT,
      http: address,
      registry: address,
      s3: address,
      gcs: address,
      pvc: { type: 'object', properties: { name: TEXT, namespace: TEXT } },
    },
  };
}

/** A PriorityClass that the dashboard offers for VMs. */
export interface DashboardPriority {
  readonly name: string;
  readonly description: string;
  readonly preemptionPolicy: string;
  readonly value: number;
}

/** The PriorityClasses of the release: kubernetes/pc.yaml (1.5.2). */
export const DASHBOARD_PRIORITIES: readonly DashboardPriority[] = [
  {
    name: 'vm-standard',
    description: 'VMs of a high priority, which displace no other pod.',
    preemptionPolicy: 'Never',
    value: 999999999,
  },
  {
    name: 'vm-preemptible',
    description: 'VMs that may be displaced by pods of a higher priority.',
    preemptionPolicy: 'PreemptLowerPriority',
    value: 1000000,
  },
];
