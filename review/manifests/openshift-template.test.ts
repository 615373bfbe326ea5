import { report } from '..';
import { Locator } from './locator';
import { templateObjects } from './openshift-template';
import { parseManifests } from './parser';

/** A Template of one VM whose run strategy is misspelt. */
const TEMPLATE = (parameters: string, name = '${NAME}') => `apiVersion: template.openshift.io/v1
kind: Template
metadata: {name: small}
objects:
- apiVersion: kubevirt.io/v1
  kind: VirtualMachine
  metadata: {name: "${name}"}
  spec:
    runStrategy: Alwayz
    template:
      spec:
        domain: {cpu: {cores: "\${{CORES}}"}, memory: {guest: "\${MEMORY}"}, devices: {}}
parameters: ${parameters}
`;
const SET = '[{name: NAME, value: web}, {name: CORES, value: "2"}, {name: MEMORY, value: 2Gi}]';

function said(text: string) {
  const { manifests, lines } = parseManifests('t.yaml', Buffer.from(text));
  const { findings, unchecked, objects } = report(manifests);
  const places = new Locator(
    () => text,
    (file) => lines.get(file) ?? [],
  ).places(findings);
  return {
    findings: findings.map((finding) => `${finding.object.name} ${finding.field} ${places.get(finding)?.line}`),
    unchecked: unchecked.map(({ reason }) => reason),
    objects,
  };
}

test.each([
  ['template.openshift.io/v1', 'Template', 1],
  ['template.openshift.io/v1', 'TemplateInstance', undefined],
  ['example.com/v1', 'Template', undefined],
])('templateObjects of %s %s are %p', (apiVersion, kind, count) => {
  const object = { apiVersion, kind, metadata: { name: 'a' }, objects: [{ kind: 'Secret' }] };
  expect(templateObjects({ object, origin: {} })?.length).toBe(count);
});

describe('an OpenShift Template', () => {
  test.each(['PASSWORD', 'API_TOKEN', 'CLIENT_SECRET'])(
    'shows no value of its parameter %s, wherever it stands',
    (name) => {
      const parameters = SET.replace('web', 'hunter2').replaceAll('NAME', name);
      const { manifests } = parseManifests('t.yaml', Buffer.from(TEMPLATE(parameters, `\${${name}}`)));
      expect(JSON.stringify(report(manifests))).not.toContain('hunter2');
      const shown = TEMPLATE(SET.replace('web', 'hunter2'));
      expect(JSON.stringify(report(parseManifests('t.yaml', Buffer.from(shown)).manifests))).toContain('hunter2');
    },
  );

  test('is reviewed as what it makes where its parameters all have values, and findings have their lines', () => {
    expect(said(TEMPLATE(SET))).toEqual({ findings: ['web spec.runStrategy 9'], unchecked: [], objects: 1 });
  });

  test('has a placeholder where a value is generated', () => {
    const parameters = SET.replace('value: web', 'generate: expression, from: "vm-[a-z]{8}"');
    expect(said(TEMPLATE(parameters))).toEqual({
      findings: ['${NAME} spec.runStrategy 9'],
      unchecked: ['not reviewed where it holds ${NAME}: fill in what stands for something else first'],
      objects: 1,
    });
  });

  test('is not looked into where a parameter has no value: the command that renders it is said', () => {
    expect(said(TEMPLATE(SET.replace('NAME, value: web', 'NAME, required: true')))).toEqual({
      findings: [],
      unchecked: ['the VM within was not looked at: oc process --local -f t.yaml -p NAME=… | cdk8s-kubevirt check -'],
      objects: 1,
    });
  });

  test('shares no names with another: each is made by itself', () => {
    const twice = `${TEMPLATE(SET, 'web')}---\n${TEMPLATE(SET, 'web').replace('name: small', 'name: large')}`;
    expect(said(twice).findings).toEqual(['web spec.runStrategy 9', 'web spec.runStrategy 23']);
  });

  test('needs nothing that is not there', () => {
    const text = TEMPLATE(SET).replace(
      'devices: {}}',
      'devices: {}}\n        volumes: [{name: d, persistentVolumeClaim: {claimName: c}}]',
    );
    const claim =
      '---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: e}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n';
    expect(said(text + claim).findings).toEqual(['web spec.runStrategy 9']);
  });
});
