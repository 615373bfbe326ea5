import { review } from '../..';
import { Json } from '../../rule';
import { notes, testRules } from '../../testing/rule-tester';
import { NETWORK_DEFINITION_RULES } from './network-definition';

const definition = (config: string): Json => ({ apiVersion: 'k8s.cni.cncf.io/v1', spec: { config } });

describe('NetworkAttachmentDefinition', () => {
  testRules(
    NETWORK_DEFINITION_RULES,
    [`{cniVersion: "0.3.1"}`, '[]', '{"type": "bridge",}'].map((config) => ({
      rule: 'network-definition-config-json',
      accepts: definition('{"cniVersion": "0.3.1", "type": "bridge"}'),
      refuses: definition(config),
      field: 'spec.config',
      says: 'be a JSON object, got',
    })),
  );

  test('accepts an empty one, which stands for a file of the node', () => {
    expect(notes(NETWORK_DEFINITION_RULES, undefined, definition(''))).toEqual([]);
  });

  test('says nothing of one whose placeholders are not filled in', () => {
    const object = {
      ...definition('{"vlan": ${VLAN}}'),
      kind: 'NetworkAttachmentDefinition',
      metadata: { name: 'lan', namespace: 'there' },
    };
    expect(review([object])).toEqual([]);
  });
});
